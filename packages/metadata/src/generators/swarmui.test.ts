import { describe, expect, it } from 'vitest';
import { ascii, userComment } from '../../test/helpers/build-tiff.ts';
import { exifJpeg, exifWebp, pillowPng } from '../../test/helpers/tool-files.ts';
import { readDescription } from '../../test/helpers/read-description.ts';

describe('SwarmUI', () => {
  it('reads a PNG with parallel LoRA lists, hashes and exact seeds', () => {
    const record = `{
  "sui_image_params": {
    "prompt": "a fox, <setvar[hat]:red> 狐",
    "negativeprompt": "blurry",
    "model": "OfficialStableDiffusion/sd_xl_base_1.0",
    "seed": 9223372036854775807,
    "steps": 25,
    "cfgscale": 6.5,
    "width": 832,
    "height": 1216,
    "sampler": "dpmpp_2m",
    "scheduler": "karras",
    "vae": "sdxl_vae",
    "clipstopatlayer": -2,
    "loras": ["styles/ink", "detail"],
    "loraweights": ["0.8", "-0.25"],
    "freeuversion": "1",
    "swarm_version": "0.9.6.3"
  },
  "sui_extra_data": { "date": "2025-05-01", "generation_time": "3.10 seconds" },
  "sui_models": [
    { "name": "OfficialStableDiffusion/sd_xl_base_1.0.safetensors", "param": "model", "hash": "0xABCDEF01" },
    { "name": "detail.safetensors", "param": "loras", "hash": "0x22" }
  ]
}`;
    expect(readDescription(pillowPng({ parameters: record }))).toEqual({
      generator: 'swarmui',
      generation: {
        prompt: 'a fox, <setvar[hat]:red> 狐',
        negativePrompt: 'blurry',
        seed: '9223372036854775807',
        steps: 25,
        cfgScale: 6.5,
        sampler: 'dpmpp_2m',
        scheduler: 'karras',
        clipSkip: 2,
        width: 832,
        height: 1216,
        model: { name: 'OfficialStableDiffusion/sd_xl_base_1.0', hash: 'abcdef01' },
        vae: 'sdxl_vae',
        loras: [
          { name: 'styles/ink', weight: 0.8 },
          { name: 'detail', weight: -0.25, hash: '22' },
        ],
        version: '0.9.6.3',
        date: '2025-05-01',
        parameters: { freeuversion: '1', generation_time: '3.10 seconds' },
      },
    });
  });

  it('reads a big-endian JPEG comment with a refiner stage and LoRAs in one text', () => {
    const record = JSON.stringify({
      sui_image_params: {
        prompt: 'castle',
        model: 'base',
        seed: '7',
        steps: 20,
        cfgscale: '5',
        sampler: 'euler',
        loras: 'a,b',
        loraweights: '1,0.5',
        refinercontrolpercentage: 0.4,
        refinermethod: 'PostApply',
        refinerupscale: 1.5,
        refinerupscalemethod: 'model-4x-UltraSharp.pth',
        refinersteps: 12,
      },
    });
    const file = exifJpeg({ order: 'big', exif: [userComment(record, 'utf16-big')] });
    const { generator, generation } = readDescription(file);
    expect(generator).toBe('swarmui');
    expect(generation?.loras).toEqual([
      { name: 'a', weight: 1 },
      { name: 'b', weight: 0.5 },
    ]);
    expect(generation?.stages).toEqual([
      {
        role: 'base',
        prompt: 'castle',
        seed: '7',
        steps: 20,
        cfgScale: 5,
        sampler: 'euler',
        model: { name: 'base' },
      },
      {
        role: 'hires',
        denoise: 0.4,
        steps: 12,
        cfgScale: 5,
        sampler: 'euler',
        model: { name: 'base' },
        upscaleBy: 1.5,
        upscaler: 'model-4x-UltraSharp.pth',
      },
    ]);
  });

  it('reads old files that keep the record in the camera model, and WebP', () => {
    const record = '{"sui_image_params": {"prompt": "ひまわり", "model": "m", "seed": 3, "steps": 8}}';
    const expected = {
      generator: 'swarmui',
      generation: { prompt: 'ひまわり', seed: '3', steps: 8, model: { name: 'm' } },
    };
    expect(readDescription(exifJpeg({ ifd0: [ascii(0x0110, record)] }))).toEqual(expected);
    const webp = exifWebp({ order: 'little', exif: [userComment(record, 'utf16-little')] });
    expect(readDescription(webp)).toEqual(expected);
  });

  it('comes before the graph that its backend leaves in the same file', () => {
    const graph = '{"1":{"class_type":"KSampler","inputs":{"seed":1,"steps":4}}}';
    const file = pillowPng({ prompt: graph, parameters: '{"sui_image_params":{"prompt":"x","seed":2}}' });
    expect(readDescription(file)).toEqual({
      generator: 'swarmui',
      generation: { prompt: 'x', seed: '2' },
    });
  });
});
