import { describe, expect, it } from 'vitest';
import { readDescription } from '../../test/helpers/read-description.ts';
import { pillowPng } from '../../test/helpers/tool-files.ts';

describe('Sygil', () => {
  it('reads its texts with their prefix', () => {
    const file = pillowPng({
      'SD:prompt': 'an oak',
      'SD:negative_prompt': 'fog',
      'SD:seed': '2147483648',
      'SD:steps': '30',
      'SD:cfg_scale': '7.5',
      'SD:sampler_name': 'k_euler',
      'SD:width': '512',
      'SD:height': '640',
      'SD:model_name': 'Stable Diffusion v1.5',
      'SD:normalize_prompt_weights': 'True',
    });
    expect(readDescription(file)).toEqual({
      generator: 'sygil',
      generation: {
        prompt: 'an oak',
        negativePrompt: 'fog',
        seed: '2147483648',
        steps: 30,
        cfgScale: 7.5,
        sampler: 'k_euler',
        width: 512,
        height: 640,
        model: { name: 'Stable Diffusion v1.5' },
        parameters: { normalize_prompt_weights: 'True' },
      },
    });
  });

  it("reads the names of hlky's fork and a prompt in another script", () => {
    const file = pillowPng({
      'SD:prompt': '오래된 집',
      'SD:seed': '1',
      'SD:ddim_steps': '50',
      'SD:GFPGAN': '',
    });
    expect(readDescription(file)).toEqual({
      generator: 'sygil',
      generation: { prompt: '오래된 집', seed: '1', steps: 50 },
    });
  });

  it('reads a picture made from a picture', () => {
    const file = pillowPng({ 'SD:prompt': 'x', 'SD:denoising_strength': '0.55', 'SD:sampler': 'ddim' });
    expect(readDescription(file).generation).toEqual({ prompt: 'x', denoise: 0.55, sampler: 'ddim' });
  });
});
