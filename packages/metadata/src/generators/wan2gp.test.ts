import { expect, test } from 'vitest';
import { buildMp3 } from '../../test/helpers/build-audio.ts';
import { buildMp4 } from '../../test/helpers/build-iso.ts';
import { buildMatroska } from '../../test/helpers/build-matroska.ts';
import { buildPng, internationalTextChunk } from '../../test/helpers/build-png.ts';
import { userComment } from '../../test/helpers/build-tiff.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { exifJpeg, pillowPng } from '../../test/helpers/tool-files.ts';

const settings = {
  prompt: '猫が歩く',
  negative_prompt: 'blurry',
  resolution: '832x480',
  video_length: 81,
  seed: 123_456_789,
  num_inference_steps: 30,
  guidance_scale: 5,
  flow_shift: 3,
  sample_solver: 'unipc',
  model_type: 't2v',
  model_filename:
    'https://huggingface.co/DeepBeepMeep/Wan2.1/resolve/main/wan2.1_text2video_14B_int8.safetensors',
  activated_loras: [
    'https://example.invalid/loras/ink.safetensors',
    'style.safetensors',
    'fade.safetensors',
    'last',
  ],
  loras_multipliers: '# of the user\n0.8 1|1;0\n',
  type: 'WanGP v10.9 by DeepBeepMeep - Wan2.1 Text2video 14B',
  settings_version: 2.4,
  generation_time: 312,
  creation_date: '2026-08-19T10:11:12',
  creation_timestamp: 1_787_134_272,
};
const json = JSON.stringify(settings);
const expected = {
  generator: 'wan2gp',
  generation: {
    prompt: '猫が歩く',
    negativePrompt: 'blurry',
    seed: '123456789',
    steps: 30,
    cfgScale: 5,
    sampler: 'unipc',
    width: 832,
    height: 480,
    model: { name: 'wan2.1_text2video_14B_int8.safetensors' },
    loras: [
      { name: 'ink.safetensors', weight: 0.8 },
      { name: 'style.safetensors', weight: 1 },
      { name: 'fade.safetensors' },
      { name: 'last' },
    ],
    version: '10.9',
    date: '2026-08-19T10:11:12',
    generationTime: 312,
    parameters: {
      video_length: '81',
      flow_shift: '3',
      model_type: 't2v',
      type: 'WanGP v10.9 by DeepBeepMeep - Wan2.1 Text2video 14B',
      settings_version: '2.4',
    },
  },
};

test.each([
  ['PNG', buildPng({ before: [internationalTextChunk('comment', json)] })],
  ['JPEG', exifJpeg({ exif: [userComment(json, 'utf16-little')] })],
  ['MP4, in the space kept free for it', buildMp4({ itunes: { '\u00a9cmt': `${json}${' '.repeat(500)}` } })],
  ['Matroska', buildMatroska({ tags: { COMMENT: json } })],
  ['MP3', buildMp3({ WanGP: json })],
])('%s', (_, file) => {
  expect(readDescription(file)).toEqual(expected);
});

test('settings without type, file or multipliers', () => {
  const text = JSON.stringify({
    prompt: 'a cat',
    seed: -1,
    model_type: 'flux',
    settings_version: 2.7,
    activated_loras: ['a'],
    loras_multipliers: [0.5],
    embedded_guidance_scale: 3.5,
  });
  expect(readDescription(pillowPng({ comment: text }))).toEqual({
    generator: 'wan2gp',
    generation: {
      prompt: 'a cat',
      guidance: 3.5,
      model: { name: 'flux' },
      loras: [{ name: 'a', weight: 0.5 }],
      parameters: { model_type: 'flux', settings_version: '2.7' },
    },
  });
});

test.each([
  ['a prompt, a size and a guidance scale alone', { prompt: 'x', resolution: '8x8', guidance_scale: 5 }],
  ['space that is kept free', { _wangp_metadata_reserved: true }],
])('%s say nothing', (_, object) => {
  expect(readDescription(pillowPng({ comment: JSON.stringify(object) })).generator).toBeUndefined();
});
