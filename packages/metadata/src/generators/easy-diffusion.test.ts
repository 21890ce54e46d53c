import { describe, expect, it } from 'vitest';
import { userComment } from '../../test/helpers/build-tiff.ts';
import { describeTexts } from '../../test/helpers/describe-texts.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { exifJpeg, exifWebp, pillowPng } from '../../test/helpers/tool-files.ts';
import { easyDiffusion } from './easy-diffusion.ts';

describe('Easy Diffusion', () => {
  it('gathers a PNG that has one text for each setting', () => {
    const file = pillowPng({
      prompt: '{a red|a blue} car',
      seed: '3735928559',
      used_random_seed: 'False',
      negative_prompt: 'ugly',
      num_outputs: '1',
      num_inference_steps: '25',
      guidance_scale: '7.5',
      width: '512',
      height: '768',
      use_stable_diffusion_model: 'sd-v1-5',
      use_vae_model: 'None',
      use_lora_model: "['ink', 'film']",
      lora_alpha: '[0.5, 0.25]',
      sampler_name: 'euler_a',
      scheduler_name: 'karras',
      clip_skip: 'True',
    });
    expect(readDescription(file)).toEqual({
      generator: 'easy-diffusion',
      generation: {
        prompt: '{a red|a blue} car',
        negativePrompt: 'ugly',
        seed: '3735928559',
        steps: 25,
        cfgScale: 7.5,
        sampler: 'euler_a',
        scheduler: 'karras',
        clipSkip: 2,
        width: 512,
        height: 768,
        model: { name: 'sd-v1-5' },
        loras: [
          { name: 'ink', weight: 0.5 },
          { name: 'film', weight: 0.25 },
        ],
        parameters: { used_random_seed: 'False', num_outputs: '1' },
      },
    });
  });

  it('reads version 2.4 with its capital letters', () => {
    const file = pillowPng({
      Prompt: 'горы',
      Width: '512',
      Height: '512',
      Seed: '42',
      Steps: '20',
      'Guidance Scale': '7',
      'Prompt Strength': '0.8',
      'Use Face Correction': 'None',
      'Use Upscaling': 'None',
      Sampler: 'plms',
      'Negative Prompt': '',
      'Stable Diffusion Model': 'sd-v1-4',
    });
    expect(readDescription(file)).toEqual({
      generator: 'easy-diffusion',
      generation: {
        prompt: 'горы',
        negativePrompt: '',
        seed: '42',
        steps: 20,
        cfgScale: 7,
        sampler: 'plms',
        denoise: 0.8,
        width: 512,
        height: 512,
        model: { name: 'sd-v1-4' },
        parameters: { use_face_correction: 'None', use_upscale: 'None' },
      },
    });
  });

  it.each(['jpeg', 'webp'] as const)('reads the JSON comment of a %s', (container) => {
    const text = JSON.stringify({
      prompt: '猫',
      seed: 7,
      num_inference_steps: 4,
      guidance_scale: 1,
      distilled_guidance_scale: 3.5,
      use_stable_diffusion_model: 'flux1-schnell',
      use_lora_model: 'one',
      lora_alpha: 0.9,
    });
    const parts = { exif: [userComment(text, 'utf16-big')] };
    expect(readDescription(container === 'jpeg' ? exifJpeg(parts) : exifWebp(parts))).toEqual({
      generator: 'easy-diffusion',
      generation: {
        prompt: '猫',
        seed: '7',
        steps: 4,
        cfgScale: 1,
        guidance: 3.5,
        model: { name: 'flux1-schnell' },
        loras: [{ name: 'one', weight: 0.9 }],
      },
    });
  });

  it('reads the lines of the text beside a picture', () => {
    const text = 'a boat\non a lake\nSeed: 5\nSteps: 12\nStable Diffusion model: sd-v1-5\nSampler: ddim\n';
    const { descriptions } = describeTexts(easyDiffusion, [{ location: 'sidecar:txt', key: '', text }]);
    expect(descriptions).toEqual([
      {
        generator: 'easy-diffusion',
        generation: {
          prompt: 'a boat\non a lake',
          seed: '5',
          steps: 12,
          sampler: 'ddim',
          model: { name: 'sd-v1-5' },
        },
      },
    ]);
  });

  it('reads the lines of newer versions, whose prompts have keys and several lines', () => {
    const text = [
      'Prompt: a boat',
      'in style: ink',
      'Negative Prompt: fog',
      'Seed: 5',
      'Stable Diffusion model: sd-v1-5',
      'Some New Setting: on',
      'Steps: 12',
    ].join('\n');
    const { descriptions } = describeTexts(easyDiffusion, [{ location: 'sidecar:txt', key: '', text }]);
    expect(descriptions[0]?.generation).toEqual({
      prompt: 'a boat\nin style: ink',
      negativePrompt: 'fog',
      seed: '5',
      steps: 12,
      model: { name: 'sd-v1-5' },
      parameters: { 'Some New Setting': 'on' },
    });
  });

  it('does not take a plain prompt text for its own', () => {
    const texts = { prompt: 'only a prompt', seed: '5' };
    expect(readDescription(pillowPng(texts)).generator).toBe('custom');
  });
});
