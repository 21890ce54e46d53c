import { expect, test } from 'vitest';
import { buildMp4 } from '../../test/helpers/build-iso.ts';
import { ascii } from '../../test/helpers/build-tiff.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { exifJpeg, pillowPng } from '../../test/helpers/tool-files.ts';
import { readMetadataSync } from '../read-metadata.ts';

test.each([
  [
    'PNG',
    pillowPng({
      prompt: 'a 猫',
      Negative_Prompt: 'blurry',
      seed: '42',
      Steps: '20',
      'CFG Scale': '7.5',
      model: 'm',
    }),
  ],
  [
    'MP4',
    buildMp4({
      keys: {
        prompt: 'a 猫',
        'negative-prompt': 'blurry',
        seed: '42',
        steps: '20',
        guidance_scale: '7.5',
        model: 'm',
      },
    }),
  ],
])('settings in texts of their own: %s', (_, file) => {
  expect(readDescription(file)).toEqual({
    generator: 'custom',
    generation: {
      prompt: 'a 猫',
      negativePrompt: 'blurry',
      seed: '42',
      steps: 20,
      cfgScale: 7.5,
      model: { name: 'm' },
    },
  });
});

test('a prompt alone, and a seed that only asks for a random one', () => {
  expect(readDescription(pillowPng({ prompt: 'a cat', seed: '-1' })).generation).toEqual({ prompt: 'a cat' });
});

test.each([
  ['a graph that is cut short', pillowPng({ prompt: '{"3": {"class_type": "KSam', seed: '5' })],
  [
    'a graph that was turned into a text twice',
    pillowPng({ prompt: JSON.stringify('{"3": {"class_type": "X"}') }),
  ],
  ['no prompt', pillowPng({ seed: '42', model: 'm' })],
  ['the model of a camera', exifJpeg({ ifd0: [ascii(0x0110, 'EOS R5')] })],
])('%s says nothing', (_, file) => {
  expect(readDescription(file).generator).toBeUndefined();
});

test('tools that name themselves are not told a second time', () => {
  const easy = { prompt: 'a cat', seed: '5', num_inference_steps: '20', use_stable_diffusion_model: 'sd' };
  const { generator, alternatives } = readMetadataSync(pillowPng(easy));
  expect([generator, alternatives]).toEqual(['easy-diffusion', []]);
});
