import { describe, expect, it } from 'vitest';
import { ascii } from '../../test/helpers/build-tiff.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { readMetadataSync } from '../read-metadata.ts';
import { exifWebp, rawUtf8Png } from '../../test/helpers/tool-files.ts';

const record = `{
  "PositivePrompt": "一匹狼 #comment",
  "NegativePrompt": "worst quality",
  "Steps": 25,
  "Sampler": "DPM++ 2M",
  "CfgScale": 5.5,
  "Seed": 12345678901234567890,
  "Height": 1024,
  "Width": 1024,
  "ModelHash": "C0D1994C73",
  "ModelName": "sdXL_v10",
  "FrameCount": null
}`;
const expected = {
  prompt: '一匹狼 #comment',
  negativePrompt: 'worst quality',
  seed: '12345678901234567890',
  steps: 25,
  cfgScale: 5.5,
  sampler: 'DPM++ 2M',
  width: 1024,
  height: 1024,
  model: { name: 'sdXL_v10', hash: 'c0d1994c73' },
};

describe('Stability Matrix', () => {
  it('reads the record of a PNG before the text and the graph beside it', () => {
    const file = rawUtf8Png({
      parameters:
        '一匹狼\nNegative prompt: worst quality\nSteps: 25, Sampler: DPM++ 2M, CFG scale: 5.5, Seed: 1',
      'parameters-json': record,
      smproj: '{"version": 2, "projectType": "TextToImage", "state": {}}',
      prompt: '{"1": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 25}}}',
    });
    const { generator, generation, alternatives } = readMetadataSync(file);
    expect(generator).toBe('stability-matrix');
    expect(generation).toEqual({ ...expected, parameters: { 'Project file version': '2' } });
    expect(alternatives.map((each) => each.generator)).toEqual(['comfyui', 'automatic1111']);
  });

  it('reads the record in the description of a WebP', () => {
    const file = exifWebp({
      ifd0: [ascii(0x010e, record), ascii(0x0131, '{"version": 3, "projectType": "ImageToImage"}')],
    });
    expect(readDescription(file)).toEqual({
      generator: 'stability-matrix',
      generation: { ...expected, parameters: { 'Project file version': '3' } },
    });
  });

  it('reads a video record with its own settings and no project', () => {
    const file = rawUtf8Png({
      'parameters-json':
        '{"PositivePrompt": "", "CfgScale": 2.5, "Seed": 9, "FrameCount": 25, "MotionBucketId": 127, "Fps": 6}',
    });
    expect(readDescription(file)).toEqual({
      generator: 'stability-matrix',
      generation: {
        prompt: '',
        seed: '9',
        cfgScale: 2.5,
        parameters: { FrameCount: '25', MotionBucketId: '127', Fps: '6' },
      },
    });
  });

  it('takes size, sampler and passes from the graph of the same run, and what was typed from the record', () => {
    const link = (id: string, slot = 0) => [id, slot];
    const sampler = (latent: string, steps: number, denoise: number) => ({
      class_type: 'KSampler',
      inputs: {
        model: link('Loader'),
        seed: 11,
        steps,
        cfg: 6.5,
        sampler_name: 'euler_ancestral',
        scheduler: 'karras',
        positive: link('Pos'),
        negative: link('Neg'),
        latent_image: link(latent),
        denoise,
      },
    });
    const encode = (text: string) => ({
      class_type: 'CLIPTextEncode',
      inputs: { clip: link('Loader', 1), text },
    });
    const graph = {
      Loader: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'm.safetensors' } },
      Empty: { class_type: 'EmptyLatentImage', inputs: { width: 640, height: 448, batch_size: 1 } },
      Pos: encode('a kite'),
      Neg: encode('blurry'),
      Base: sampler('Empty', 21, 1),
      Up: {
        class_type: 'LatentUpscale',
        inputs: {
          samples: link('Base'),
          upscale_method: 'nearest-exact',
          width: 960,
          height: 672,
          crop: 'disabled',
        },
      },
      Hires: sampler('Up', 10, 0.3),
      Decode: { class_type: 'VAEDecode', inputs: { samples: link('Hires'), vae: link('Loader', 2) } },
      Save: { class_type: 'SaveImage', inputs: { images: link('Decode'), filename_prefix: 'a' } },
    };
    const summary = {
      PositivePrompt: 'a kite #red',
      NegativePrompt: 'blurry',
      Steps: 21,
      Sampler: 'Euler Ancestral Karras',
      CfgScale: 6.5,
      Seed: 11,
      Height: 672,
      Width: 960,
      ModelHash: 'AB12',
      ModelName: 'm.safetensors',
    };
    const file = (seed: number) =>
      rawUtf8Png({
        prompt: JSON.stringify(graph),
        'parameters-json': JSON.stringify({ ...summary, Seed: seed }),
      });
    expect(readDescription(file(11))).toMatchObject({
      generator: 'stability-matrix',
      generation: {
        prompt: 'a kite #red',
        negativePrompt: 'blurry',
        sampler: 'euler_ancestral',
        scheduler: 'karras',
        width: 640,
        height: 448,
        model: { name: 'm.safetensors', hash: 'ab12' },
        stages: [
          { role: 'base', steps: 21 },
          { role: 'hires', steps: 10, denoise: 0.3, width: 960 },
        ],
      },
    });
    expect(readDescription(file(12)).generation).toMatchObject({
      seed: '12',
      sampler: 'Euler Ancestral',
      scheduler: 'Karras',
      width: 960,
    });
    expect(readDescription(file(12)).generation).not.toHaveProperty('stages');
  });
});
