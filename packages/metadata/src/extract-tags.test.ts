import { expect, test } from 'vitest';
import { extractTags, type TagSource } from './extract-tags.ts';
import { parseInfotext } from './generators/automatic1111/parse-infotext.ts';
import { promptTags } from './prompt-tags.ts';

const tagsOf = (text: string, size: { width?: number; height?: number } = {}) =>
  extractTags({
    container: 'png',
    width: size.width,
    height: size.height,
    ...(parseInfotext(text) ?? { generator: undefined, generation: undefined }),
  });

test('every type of tag that IIB has', () => {
  const text = `Masterpiece, (1girl:1.2), long_hair, <lora:Soft-Light_v2:0.8>, <lyco:Old:1>
Negative prompt: bad
Steps: 9, Sampler: DPM++ 2M Karras, Seed: 5, Size: 512x640, Model: my_model-v1, Denoising strength: 0.4, Hires upscale: 2, Hires upscaler: 4x-UltraSharp, Refiner: sd_xl_refiner [7440042bbd], Postprocess upscale by: 4, Postprocess upscaler: R-ESRGAN 4x+, Version: v1.9.0`;
  expect(tagsOf(text, { width: 1024, height: 1280 })).toEqual([
    { type: 'size', name: '1024 × 1280' },
    { type: 'Media Type', name: 'Image' },
    { type: 'Source Identifier', name: 'Stable Diffusion web UI' },
    { type: 'Model', name: 'my_model-v1' },
    { type: 'Sampler', name: 'DPM++ 2M Karras' },
    { type: 'Refiner', name: 'sd_xl_refiner [7440042bbd]' },
    { type: 'Refiner', name: 'Refiner All' },
    { type: 'Hires upscaler', name: '4x-UltraSharp' },
    { type: 'Hires upscaler', name: 'Hires All' },
    { type: 'Postprocess upscale by', name: '4' },
    { type: 'Postprocess upscaler', name: 'R-ESRGAN 4x+' },
    { type: 'lyco', name: 'Old' },
    { type: 'lora', name: 'Soft-Light_v2' },
    { type: 'pos', name: 'masterpiece' },
    { type: 'pos', name: '1girl' },
    { type: 'pos', name: 'long hair' },
  ]);
});

test('what is not known makes no tag', () => {
  expect(tagsOf('no infotext')).toEqual([{ type: 'Media Type', name: 'Image' }]);
  expect(
    extractTags({
      container: undefined,
      width: undefined,
      height: undefined,
      generator: undefined,
      generation: undefined,
    }),
  ).toEqual([]);
});

test('videos, LoRAs of a graph and prompts of characters', () => {
  const tags = extractTags({
    container: 'webm',
    width: undefined,
    height: undefined,
    generator: 'novelai',
    generation: { prompt: 'a', loras: [{ name: 'graph lora' }], characters: [{ prompt: 'girl, red_eyes' }] },
  });
  expect(tags).toEqual([
    { type: 'Media Type', name: 'Video' },
    { type: 'Source Identifier', name: 'NovelAI' },
    { type: 'lora', name: 'graph lora' },
    { type: 'pos', name: 'a' },
    { type: 'pos', name: 'girl' },
    { type: 'pos', name: 'red eyes' },
  ]);
});

test.each([
  ['(a:1.2), ((b)), [c], {d}, (e, f:0.5)', ['a', 'b', 'c', 'd', 'e', 'f']],
  ['first\nsecond', ['first', 'second']],
  ['a，b、c', ['a', 'b', 'c']],
  ['cat BREAK dog, BREAK\nbird AND fish', ['cat', 'dog', 'bird', 'fish']],
  ['breakfast, android', ['breakfast', 'android']],
  [String.raw`rem \(re:zero\), hatsune_miku_\(vocaloid\)`, ['rem (re:zero)', 'hatsune miku (vocaloid)']],
  ['artist:x, rating: safe, from:side, 1:1', ['artist:x', 'rating: safe', 'from:side', '1:1']],
  ['score_9, 1girl-solo, >_<, :3, :)', ['score 9', '1girl solo', '>_<', ':3', ':)']],
  ['a, A, a ', ['a']],
  ['<lora:x:1>, <hypernet:y:0.5>, z', ['z']],
  ['cat AND dog:1.5', ['cat', 'dog']],
  [' , ,, ', []],
])('the tags of %j', (prompt, tags) => {
  expect(promptTags(prompt)).toEqual(tags);
});

test('200 kB of one piece are made into tags in linear time', () => {
  for (const piece of ['(', ')', ':', 'a:1.', '<lora:', ' ', '\\(', 'a,', '_-']) {
    expect(promptTags(`start,${piece.repeat(200_000 / piece.length)}`)[0]).toBe('start');
  }
});

test('one spelling for what tools name in their own way, beside theirs', () => {
  const tagsOf = (generation: TagSource['generation']) =>
    extractTags({
      container: undefined,
      width: undefined,
      height: undefined,
      generator: 'comfyui',
      generation,
    })
      .filter(({ type }) => type === 'Model' || type === 'Sampler')
      .map(({ type, name }) => `${type}: ${name}`);
  expect(tagsOf({ model: { name: 'sdxl/base_1.0.safetensors' }, sampler: 'euler_ancestral' })).toEqual([
    'Model: sdxl/base_1.0.safetensors',
    'Model: base_1.0',
    'Sampler: euler_ancestral',
    'Sampler: Euler a',
  ]);
  expect(tagsOf({ model: { name: 'base_1.0' }, sampler: 'Euler a' })).toEqual([
    'Model: base_1.0',
    'Sampler: Euler a',
  ]);
  expect(tagsOf({ sampler: 'DPM++ 2M', parameters: { Sampler: 'DPM++ 2M Karras' } })).toEqual([
    'Sampler: DPM++ 2M Karras',
  ]);
});
