import { expect, test } from 'vitest';
import { buildMp4 } from '../../test/helpers/build-iso.ts';
import { buildPng, internationalTextChunk } from '../../test/helpers/build-png.ts';
import { ascii } from '../../test/helpers/build-tiff.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { exifWebp, pillowPng } from '../../test/helpers/tool-files.ts';

const record = (prompt: string) =>
  `{"generator": "ComfyUI", "prompt": "${prompt}", "negativePrompt": "blurry", "seed": 18446744073709551615, "steps": 20, "cfg": 7.5, "sampler_name": "euler", "scheduler": "karras", "model": "m.safetensors", "model_hash": "ABCDEF1234", "vae": "v.pt", "denoise": 1.0, "width": 832, "height": 1216, "loras": [{"name": "ink", "weight": 0.8}, "bare"], "imh_pro": {"notes": ""}}`;
const expected = (prompt: string) => ({
  generator: 'comfyui',
  generation: {
    prompt,
    negativePrompt: 'blurry',
    seed: '18446744073709551615',
    steps: 20,
    cfgScale: 7.5,
    sampler: 'euler',
    scheduler: 'karras',
    denoise: 1,
    width: 832,
    height: 1216,
    model: { name: 'm.safetensors', hash: 'abcdef1234' },
    vae: 'v.pt',
    loras: [{ name: 'ink', weight: 0.8 }, { name: 'bare' }],
  },
});

test.each([
  ['a cat', buildPng({ before: [internationalTextChunk('imagemetahub_data', record('a cat'))] })],
  ['猫', buildPng({ before: [internationalTextChunk('imagemetahub_data', record('猫'))] })],
  ['café', exifWebp({ ifd0: [ascii(0x010e, `{"imagemetahub_data": ${record('café')}}`)] })],
])('the record of the save node: %s', (prompt, file) => {
  expect(readDescription(file)).toEqual(expected(prompt));
});

test.each([
  ['only a prompt', '"prompt": "a cat"', { prompt: 'a cat', seed: '5' }],
  ['only a negative prompt', '"negativePrompt": "blurry"', { negativePrompt: 'blurry', seed: '5' }],
  ['only a sampler', '"sampler_name": "euler"', { sampler: 'euler', seed: '5' }],
])('a record with %s', (_, field, generation) => {
  const text = `{"generator": "ComfyUI", "seed": 5, ${field}}`;
  const file = buildPng({ before: [internationalTextChunk('imagemetahub_data', text)] });
  expect(readDescription(file)).toEqual({ generator: 'comfyui', generation });
});

test('what the node measured, and not what the user noted', () => {
  const analytics = {
    vram_peak_mb: 8123.5,
    gpu_device: 'RTX 4090',
    generation_time_ms: 12_345,
    steps_per_second: null,
    comfyui_version: '0.9.1',
    generation_time: 0,
  };
  const details = {
    generation_type: 'img2img',
    imh_pro: { user_tags: 'mine', notes: 'private', project_name: 'Kites' },
    analytics,
  };
  const text = JSON.stringify({ generator: 'ComfyUI', prompt: 'a cat', seed: 5, ...details });
  expect(readDescription(pillowPng({ imagemetahub_data: text })).generation).toEqual({
    prompt: 'a cat',
    seed: '5',
    generationTime: 12.345,
    parameters: {
      generation_type: 'img2img',
      vram_peak_mb: '8123.5',
      gpu_device: 'RTX 4090',
      comfyui_version: '0.9.1',
      project_name: 'Kites',
    },
  });
  const older = text
    .replace('"generation_time_ms":12345,', '')
    .replace('"generation_time":0', '"generation_time":4.5');
  expect(readDescription(pillowPng({ imagemetahub_data: older })).generation?.generationTime).toBe(4.5);
  const video = `{"videometahub_data": ${text}}`;
  expect(readDescription(buildMp4({ itunes: { '\u00a9cmt': video } })).generation).toMatchObject({
    prompt: 'a cat',
    generationTime: 12.345,
  });
});

test('a record without a seed is none', () => {
  const text = '{"generator": "ComfyUI", "prompt": "a cat", "sampler_name": "euler"}';
  const file = buildPng({ before: [internationalTextChunk('imagemetahub_data', text)] });
  expect(readDescription(file).generator).toBeUndefined();
});

test('an object that only names ComfyUI is no record', () => {
  expect(
    readDescription(pillowPng({ note: '{"generator": "ComfyUI", "seed": 5}' })).generator,
  ).toBeUndefined();
});
