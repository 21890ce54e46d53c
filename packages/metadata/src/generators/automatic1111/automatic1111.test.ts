import { expect, test } from 'vitest';
import { userComment } from '../../../test/helpers/build-tiff.ts';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { exifJpeg, pillowPng } from '../../../test/helpers/tool-files.ts';
import { extractTags, parseInfotext, readMetadataSync, toInfotext } from '../../index.ts';

const line = 'Steps: 28, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 64x64, Hashes: {"model": "925997e9"}';
const record = JSON.stringify({ id: 3, inputs: { seed: 1, text: 'x\nSteps: 20, Seed: 4' } });

test.each([
  '[1girl:2girls:0.4], garden',
  '[[old photo]], garden',
  '{"a moss garden"}, {{stone lantern}}',
  '{"scene": "a moss garden", "light": ["soft", "low"]}',
  '{\n  "scene": "a moss garden"\n}',
  '[ {"a": 1}, {"b": 2} ]',
])('a prompt that begins as JSON does: %s', (prompt) => {
  for (const file of [
    pillowPng({ parameters: `${prompt}\nNegative prompt: text\n${line}` }),
    exifJpeg({ exif: [userComment(`${prompt}\nNegative prompt: text\n${line}`, 'utf16-big')] }),
  ]) {
    const metadata = readMetadataSync(file);
    expect(metadata).toMatchObject({
      generator: 'automatic1111',
      generation: { prompt, negativePrompt: 'text', seed: '5', steps: 28 },
    });
    const copied = { ...metadata, generation: { ...metadata.generation } };
    expect(toInfotext(copied)).toContain('Source Identifier: Stable Diffusion web UI');
    expect(parseInfotext(toInfotext(copied))?.generation).toEqual(metadata.generation);
  }
});

test.each([
  ['JSON of a tool', record],
  ['JSON that is damaged', record.replace('"inputs":', '"inputs"')],
  ['JSON that is cut short', record.slice(0, -8)],
  ['JSON in JSON that is cut short', JSON.stringify(record).slice(0, -8)],
])('%s is no infotext', (_, text) => {
  expect(readDescription(pillowPng({ parameters: text })).generation).toBeUndefined();
});

test.each([
  ['both prompts', 'a red kite\nNegative prompt: blur, text', 'a red kite', 'blur, text'],
  ['prompts of several lines', 'a\r\nkite\r\nNegative prompt: blur,\r\ntext', 'a\nkite', 'blur,\ntext'],
  ['a negative prompt alone', 'Negative prompt: blur', undefined, 'blur'],
  ['a prompt alone', 'a red kite, dusk', 'a red kite, dusk', undefined],
])('without settings: %s', (_, parameters, prompt, negativePrompt) => {
  const metadata = readMetadataSync(pillowPng({ parameters }));
  const { generation } = metadata;
  expect(generation).toEqual(
    Object.fromEntries(Object.entries({ prompt, negativePrompt }).filter(([, value]) => value !== undefined)),
  );
  expect(parseInfotext(toInfotext(metadata))).toEqual({ generator: 'automatic1111', generation });
  if (prompt === 'a red kite') expect(extractTags(metadata)).toContainEqual({ type: 'pos', name: prompt });
});

test('a text of another key is no prompt for lack of a better one', () => {
  expect(readDescription(pillowPng({ Comment: 'a red kite, dusk' })).generation).toBeUndefined();
});

const opening =
  'a cat\nNegative prompt: text\nSteps: 20, Sampler: Euler a, Seed: 77, Denoising strength: 0.5';
const closing = 'Hires upscale: 2, Hires steps: 10, Hires upscaler: Latent, Version: v1.5.1';
const hires = { role: 'hires', upscaleBy: 2, steps: 10, upscaler: 'Latent', denoise: 0.5 };

test.each([
  [
    'a quoted text',
    'Hires prompt: "a cat,\nmood: calm, light: soft"',
    'Hires prompt',
    'a cat,\nmood: calm, light: soft',
  ],
  ['a quoted text of three lines', 'Wildcard prompt: "a,\nb: c, d\ne"', 'Wildcard prompt', 'a,\nb: c, d\ne'],
  ['a bare text', 'Wildcard prompt: a __cat__\nsoft light', 'Wildcard prompt', 'a __cat__\nsoft light'],
  ['a bare text with settings in it', 'Wildcard prompt: a\nmood: calm', 'Wildcard prompt', 'a\nmood: calm'],
  ['a quoted text with a quotation', 'Note: "a \\"b\\",\nc"', 'Note', 'a "b",\nc'],
])('a line break in a setting: %s', (_, setting, key, value) => {
  const { generator, generation } = parseInfotext(`${opening}, ${setting}, ${closing}`) ?? {};
  expect({ generator, generation }).toMatchObject({
    generator: 'automatic1111',
    generation: { prompt: 'a cat', negativePrompt: 'text', seed: '77', steps: 20, version: 'v1.5.1' },
  });
  const stage = generation?.stages?.find(({ role }) => role === 'hires');
  expect(stage).toMatchObject(hires);
  expect(key === 'Hires prompt' ? stage?.prompt : generation?.parameters?.[key]).toBe(value);
});

test('a text that goes on to the end of the settings belongs to them, templates do not', () => {
  const text = `${opening}, Version: v1.5.1, Wildcard prompt: a __cat__\nsoft light\nTemplate: a {b|c}\nd: e, f: g, Model: h`;
  expect(parseInfotext(text)?.generation).toMatchObject({
    seed: '77',
    version: 'v1.5.1',
    parameters: { 'Wildcard prompt': 'a __cat__\nsoft light', Template: 'a {b|c}\nd: e, f: g, Model: h' },
  });
});

test('settings that were added on a line of their own leave the prompts alone', () => {
  const text = `${opening}, Version: v1.5.1\nPostprocess upscale by: 4, Postprocess upscaler: ESRGAN`;
  expect(parseInfotext(text)?.generation).toMatchObject({
    negativePrompt: 'text',
    seed: '77',
    version: 'v1.5.1',
    parameters: { 'Postprocess upscale by': '4', 'Postprocess upscaler': 'ESRGAN' },
  });
});

test('a text of very many broken values is read up to a limit', () => {
  const generation = parseInfotext(`${opening}\n${'Version: "a\n'.repeat(20_000)}`)?.generation;
  expect(generation).toMatchObject({ prompt: 'a cat', seed: '77' });
});
