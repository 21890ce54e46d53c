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
});
