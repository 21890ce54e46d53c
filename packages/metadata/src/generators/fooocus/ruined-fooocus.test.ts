import { describe, expect, it } from 'vitest';
import { buildMp4 } from '../../../test/helpers/build-iso.ts';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { pillowPng } from '../../../test/helpers/tool-files.ts';

const record = {
  Prompt: 'a field of sunflowers, 雨',
  Negative: 'text, , ',
  steps: 30,
  cfg: 8.5,
  width: 1152,
  height: 896,
  seed: 3864674281,
  sampler_name: 'dpmpp_2m_sde_gpu',
  scheduler: 'karras',
  base_model_name: 'sd_xl_base_1.0_0.9vae.safetensors',
  base_model_hash: 'BE9EDD61',
  loras: [['4852686128', '0.1 - sd_xl_offset_example-lora_1.0.safetensors']],
  start_step: 0,
  denoise: null,
  clip_skip: 1,
  software: 'RuinedFooocus',
};

describe('RuinedFooocus', () => {
  it('reads a PNG with a LoRA that is written as weight and name', () => {
    expect(readDescription(pillowPng({ parameters: JSON.stringify(record) }))).toEqual({
      generator: 'ruined-fooocus',
      generation: {
        prompt: 'a field of sunflowers, 雨',
        negativePrompt: 'text, ,',
        seed: '3864674281',
        steps: 30,
        cfgScale: 8.5,
        sampler: 'dpmpp_2m_sde_gpu',
        scheduler: 'karras',
        clipSkip: 1,
        width: 1152,
        height: 896,
        model: { name: 'sd_xl_base_1.0_0.9vae.safetensors', hash: 'be9edd61' },
        loras: [{ name: 'sd_xl_offset_example-lora_1.0.safetensors', weight: 0.1, hash: '4852686128' }],
        parameters: { start_step: '0' },
      },
    });
  });

  it('reads a negative weight, and a name with a dash in it', () => {
    const loras = [['ab', '-1.25 - my - lora.safetensors']];
    const { generation } = readDescription(pillowPng({ parameters: JSON.stringify({ ...record, loras }) }));
    expect(generation?.loras).toEqual([{ name: 'my - lora.safetensors', weight: -1.25, hash: 'ab' }]);
  });

  it('reads the tag of an MP4 and the prompt that is left when its settings failed', () => {
    const mp4 = (value: object) => buildMp4({ keys: { metadata: JSON.stringify(value) }, moov: 'last' });
    expect(readDescription(mp4({ ...record, denoise: 0.5 })).generation?.denoise).toBe(0.5);
    expect(readDescription(mp4({ prompt: 'wave', software: 'RuinedFooocus' }))).toEqual({
      generator: 'ruined-fooocus',
      generation: { prompt: 'wave' },
    });
  });
});
