import { describe, expect, it } from 'vitest';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { commentJpeg, pillowPng } from '../../../test/helpers/tool-files.ts';

const record = {
  prompt: 'a tower',
  negative_prompt: 'people',
  real_prompt: ['a tower', 'cinematic'],
  real_negative_prompt: ['people'],
  positive_prompt_strength: 1,
  seed: 12345678901234567890n,
  width: 1152,
  height: 896,
  cfg: 7,
  steps: 30,
  switch: 20,
  sampler: 'dpmpp_2m_sde_gpu',
  scheduler: 'karras',
  base_clip_skip: -2,
  base_model: 'sd_xl_base_1.0_0.9vae.safetensors',
  refiner_model: 'sd_xl_refiner_1.0_0.9vae.safetensors',
  software: 'Fooocus-MRE 2.0.78.5',
};

/** JSON as Python prints it, big integers included. */
function print(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? `#${member}#` : member,
  ).replaceAll(/"#(\d+)#"/g, '$1');
}

describe('Fooocus-MRE', () => {
  it('reads a PNG with a refiner and a seed beyond 2^63', () => {
    expect(readDescription(pillowPng({ Comment: print(record) }))).toEqual({
      generator: 'fooocus-mre',
      generation: {
        prompt: 'a tower',
        negativePrompt: 'people',
        seed: '12345678901234567890',
        steps: 30,
        cfgScale: 7,
        sampler: 'dpmpp_2m_sde_gpu',
        scheduler: 'karras',
        clipSkip: 2,
        width: 1152,
        height: 896,
        model: { name: 'sd_xl_base_1.0_0.9vae.safetensors' },
        stages: [
          {
            role: 'base',
            seed: '12345678901234567890',
            steps: 30,
            cfgScale: 7,
            sampler: 'dpmpp_2m_sde_gpu',
            scheduler: 'karras',
            model: { name: 'sd_xl_base_1.0_0.9vae.safetensors' },
          },
          { role: 'refiner', model: { name: 'sd_xl_refiner_1.0_0.9vae.safetensors' } },
        ],
        version: '2.0.78.5',
        parameters: {
          real_prompt: '["a tower", "cinematic"]',
          real_negative_prompt: '["people"]',
          positive_prompt_strength: '1',
          switch: '20',
        },
      },
    });
  });

  it('reads the comment of a JPEG with numbered LoRAs and without a name of the program', () => {
    const { software: _software, refiner_model: _refiner, ...older } = record;
    const file = commentJpeg(
      print({ ...older, prompt: '塔', l1: 'offset.safetensors', w1: 0.5, l2: 'None', w2: 1 }),
    );
    const { generator, generation } = readDescription(file);
    expect(generator).toBe('fooocus-mre');
    expect(generation).toMatchObject({
      prompt: '塔',
      loras: [{ name: 'offset.safetensors', weight: 0.5 }],
    });
    expect([generation?.version, generation?.stages]).toEqual([undefined, undefined]);
  });

  it('reads listed LoRAs and a refiner that was not used', () => {
    const loras = [{ name: 'a.safetensors', weight: 0.4 }, ['b.safetensors', -0.2]];
    const file = pillowPng({ Comment: print({ ...record, refiner_model: 'None', loras }) });
    expect(readDescription(file).generation).toMatchObject({
      loras: [
        { name: 'a.safetensors', weight: 0.4 },
        { name: 'b.safetensors', weight: -0.2 },
      ],
    });
    expect(readDescription(file).generation?.stages).toBeUndefined();
  });
});
