import { expect, test } from 'vitest';
import { parseInfotext } from './parse-infotext.ts';

const generation = (text: string) => parseInfotext(text)?.generation;

test('an ordinary text', () => {
  expect(
    parseInfotext(
      `a cat, <lora:soft light:0.8>
on two lines
Negative prompt: blurry,
low quality
Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7.5, Seed: 18446744073709551615, Size: 512x768, Model hash: 6CE0161689, Model: v1-5 (pruned), VAE hash: 735e4c3a44, VAE: vae-ft.ckpt, Clip skip: 2, Lora hashes: "soft light: 0123456789ab", TI hashes: "badhand: 1111, easy: 2222", Tiling, Version: v1.6.0`,
    ),
  ).toEqual({
    generator: 'automatic1111',
    generation: {
      prompt: 'a cat, <lora:soft light:0.8>\non two lines',
      negativePrompt: 'blurry,\nlow quality',
      seed: '18446744073709551615',
      steps: 20,
      cfgScale: 7.5,
      sampler: 'DPM++ 2M',
      scheduler: 'Karras',
      clipSkip: 2,
      width: 512,
      height: 768,
      model: { name: 'v1-5 (pruned)', hash: '6ce0161689' },
      vae: 'vae-ft.ckpt',
      loras: [{ name: 'soft light', weight: 0.8, hash: '0123456789ab' }],
      embeddings: [
        { name: 'badhand', hash: '1111' },
        { name: 'easy', hash: '2222' },
      ],
      version: 'v1.6.0',
      parameters: {
        Sampler: 'DPM++ 2M Karras',
        'VAE hash': '735e4c3a44',
        Tiling: 'Tiling',
      },
    },
  });
});

test('hires and refiner are stages, and the denoising strength belongs to hires', () => {
  const text = `a cat
Steps: 20, Sampler: Euler, Schedule type: Automatic, CFG scale: 7, Seed: 1, Size: 512x512, Model: base, Denoising strength: 0.4, Hires upscale: 2, Hires steps: 10, Hires upscaler: 4x-UltraSharp, Hires prompt: "line\\n\\"quoted\\", \\\\", Hires checkpoint: other [abcdef1234], Refiner: sd_xl_refiner [7440042bbd], Refiner switch at: 0.8`;
  expect(generation(text)).toMatchObject({
    sampler: 'Euler',
    scheduler: 'Automatic',
    stages: [
      { role: 'base', seed: '1', steps: 20, model: { name: 'base' }, width: 512 },
      {
        role: 'hires',
        denoise: 0.4,
        upscaleBy: 2,
        steps: 10,
        upscaler: '4x-UltraSharp',
        prompt: 'line\n"quoted", \\',
        model: { name: 'other', hash: 'abcdef1234' },
      },
      { role: 'refiner', model: { name: 'sd_xl_refiner', hash: '7440042bbd' } },
    ],
    parameters: { 'Refiner switch at': '0.8' },
  });
  expect(generation(text)).not.toHaveProperty('denoise');
});

test.each([
  [
    'a prompt line that begins with Steps',
    'Steps: 20 ways to cook\nSteps: 9, Seed: 5, Size: 8x8',
    { prompt: 'Steps: 20 ways to cook', steps: 9 },
  ],
  [
    'a negative phrase in the middle of a line',
    'no Negative prompt: here\nSteps: 9, Seed: 5',
    { prompt: 'no Negative prompt: here' },
  ],
  [
    'a prompt line that begins with the negative mark',
    'a\nNegative prompt: is a phrase\nNegative prompt: bad\nSteps: 9, Seed: 5',
    { prompt: 'a\nNegative prompt: is a phrase', negativePrompt: 'bad' },
  ],
  ['no positive prompt', 'Negative prompt: bad\nSteps: 9, Seed: 5', { negativePrompt: 'bad', steps: 9 }],
  ['no prompt at all', 'Steps: 9, Sampler: Euler a, Seed: 5', { steps: 9, sampler: 'Euler a', seed: '5' }],
  ['two settings only', 'a cat\nSteps: 9, Seed: 5', { prompt: 'a cat', steps: 9, seed: '5' }],
  [
    'CRLF',
    'a cat\r\nNegative prompt: bad\r\nSteps: 9, Seed: 5\r\n',
    { prompt: 'a cat', negativePrompt: 'bad', seed: '5' },
  ],
  ['a final newline (SD.Next sidecar)', 'a cat\nSteps: 9, Seed: 5\n', { prompt: 'a cat', seed: '5' }],
  [
    'keys with hyphens and slashes',
    'a\nSteps: 9, T2I-Adapter Enabled: True, X/Y Type: Seed',
    { parameters: { 'T2I-Adapter Enabled': 'True', 'X/Y Type': 'Seed' } },
  ],
  [
    'a quoted value with commas in parentheses',
    'a\nSteps: 9, ControlNet 0: "model: x [cab7], starting/ending: (0, 1)", Seed: 5',
    { seed: '5', parameters: { 'ControlNet 0': 'model: x [cab7], starting/ending: (0, 1)' } },
  ],
  [
    'an empty ControlNet unit',
    'a\nSteps: 9, ControlNet 0: , Seed: 5',
    { seed: '5', parameters: { 'ControlNet 0': '' } },
  ],
  [
    'one quoted LoRA hash',
    'a\nSteps: 9, Lora hashes: "a: 1f", Seed: 5',
    { loras: [{ name: 'a', hash: '1f' }] },
  ],
  [
    'a value that ends in a backslash',
    String.raw`a` + '\nSteps: 9, Path: "C:\\\\", Seed: 5',
    { parameters: { Path: 'C:\\' }, seed: '5' },
  ],
  ['a quoted model with a colon', 'a\nSteps: 9, Model: "a: b", Seed: 5', { model: { name: 'a: b' } }],
  [
    'an unquoted list of values',
    'a\nSteps: 9, X Values: a, b, Seed: 5',
    { parameters: { 'X Values': 'a, b' }, seed: '5' },
  ],
  [
    'model keys that differ in case',
    'a\nSteps: 9, Model: Counterfeit, model: control_v11',
    { model: { name: 'Counterfeit' }, parameters: { model: 'control_v11' } },
  ],
  [
    'a key that occurs three times',
    'a\nSteps: 9, TE: x, TE: y, TE: z',
    { parameters: { TE: 'x', 'TE 2': 'y', 'TE 3': 'z' } },
  ],
  [
    'an extension that ends in version',
    'a\nSteps: 9, ADetailer version: 24.1, Seed: 5',
    { parameters: { 'ADetailer version': '24.1' } },
  ],
  [
    'a sampler in the words of ComfyUI',
    'a\nSteps: 9, Sampler: dpmpp_2m_sde_sgm_uniform, Seed: 5, Version: ComfyUI',
    { sampler: 'dpmpp_2m_sde', scheduler: 'sgm_uniform' },
  ],
  [
    'a sampler that is none (Civitai)',
    'a\nSteps: 9, Sampler: Undefined, Seed: 5',
    { steps: 9, parameters: { Sampler: 'Undefined' } },
  ],
  [
    'GIF text with escaped line breaks',
    String.raw`a cat\nNegative prompt: bad\nSteps: 9, Seed: 5`,
    { prompt: 'a cat', negativePrompt: 'bad', seed: '5' },
  ],
  [
    'a text that lost its line breaks',
    'a cat.Negative prompt: bad.Steps: 9, Seed: 5',
    { negativePrompt: 'bad', seed: '5' },
  ],
])('%s', (_, text, fields) => {
  expect(generation(text)).toMatchObject(fields);
});

test('templates after the settings are parameters, and the settings are found above them', () => {
  const text = `a red cat
Negative prompt: bad
Steps: 9, Seed: 5, Version: v1.9.0
Template: a {red|blue} cat,
second line
Negative Template: bad`;
  expect(generation(text)).toEqual({
    prompt: 'a red cat',
    negativePrompt: 'bad',
    steps: 9,
    seed: '5',
    version: 'v1.9.0',
    parameters: { Template: 'a {red|blue} cat,\nsecond line', 'Negative Template': 'bad' },
  });
});

test('hashes of the Civitai extension name model, LoRAs and embeddings, wherever they stand', () => {
  const hashes = 'Hashes: {"model": "AAAABBBB11", "lora:b, c": "1234567890", "embed:bad": "ffff000011"}';
  for (const order of [`${hashes}, Version: v1.6.0`, `Version: v1.6.0, ${hashes}`]) {
    const result = generation(`a <lora:b, c:1>\nSteps: 9, Model: m, ${order}`);
    expect(result?.model).toEqual({ name: 'm', hash: 'aaaabbbb11' });
    expect(result?.loras).toEqual([{ name: 'b, c', weight: 1, hash: '1234567890' }]);
    expect(result?.embeddings).toEqual([{ name: 'bad', hash: 'ffff000011' }]);
    expect(result?.version).toBe('v1.6.0');
  }
});

test.each([
  ['<lora:a,b (v1.2)+x:-0.5:0.3>', { name: 'a,b (v1.2)+x', weight: 0.3, textEncoderWeight: -0.5 }],
  ['<lora:folder/猫.v2:1>', { name: 'folder/猫.v2', weight: 1 }],
  ['<lora:n:te=0.2:unet=0.9>', { name: 'n', weight: 0.9, textEncoderWeight: 0.2 }],
  ['<lora:blocks:1:lbw=1,0,0,0.5>', { name: 'blocks', weight: 1 }],
  ['<lora:bare>', { name: 'bare' }],
])('LoRA %s', (tag, lora) => {
  expect(generation(`a ${tag} b\nSteps: 9, Seed: 5`)?.loras).toEqual([lora]);
});

test('stable-diffusion.cpp: the JSON tail that repeats the prompt is one value', () => {
  const tail = JSON.stringify({ schema: 'sdcpp.image.params/v1', prompt: 'Steps: 7, Seed: 999, a' });
  const text = `a cat, Seed: 999\nSteps: 20, CFG scale: 7.000000, Guidance: 3.500000, Seed: 42, Size: 512x512, Model: m.gguf, RNG: cuda, Sampler: euler_a karras, TE: clip.gguf, TE: t5.gguf, Version: stable-diffusion.cpp, SDCPP: ${tail}`;
  expect(parseInfotext(text)).toEqual({
    generator: 'stable-diffusion-cpp',
    generation: {
      prompt: 'a cat, Seed: 999',
      seed: '42',
      steps: 20,
      cfgScale: 7,
      guidance: 3.5,
      sampler: 'euler_a',
      scheduler: 'karras',
      width: 512,
      height: 512,
      model: { name: 'm.gguf' },
      version: 'stable-diffusion.cpp',
      parameters: {
        RNG: 'cuda',
        Sampler: 'euler_a karras',
        TE: 'clip.gguf',
        'TE 2': 't5.gguf',
        SDCPP: tail,
      },
    },
  });
});

test('SD.Next of mid-2023: bars, a prompt label, the version on a line of its own', () => {
  const text = `prompt: a cat
Negative prompt: bad
Steps: 20 | Sampler: UniPC | CFG scale: 6 | Seed: 42 | Size: 512x512 | Model: m | Parser: Full parser
Version: 1a2b3c4`;
  expect(parseInfotext(text)).toEqual({
    generator: 'sdnext',
    generation: {
      prompt: 'a cat',
      negativePrompt: 'bad',
      steps: 20,
      sampler: 'UniPC',
      cfgScale: 6,
      seed: '42',
      width: 512,
      height: 512,
      model: { name: 'm' },
      version: '1a2b3c4',
      parameters: { Parser: 'Full parser' },
    },
  });
});

test.each([
  ['v1.10.1', 'automatic1111'],
  ['f2.0.1v1.10.1-previous-313-g8a042934', 'forge'],
  ['f0.0.17v1.8.0rc-latest-276-g29be1da7', 'forge'],
  ['f1.0.5v2-v1.10.1RC-latest-2190-g6e5b2e2b', 'reforge'],
  ['f1.3-v1.10.1', 'easy-reforge'],
  ['classic', 'forge-classic'],
  ['neo', 'forge-neo'],
  ['ComfyUI', 'comfyui'],
  ['Fooocus v2.5.5', 'fooocus'],
  ['stable-diffusion.cpp', 'stable-diffusion-cpp'],
])('version %s is written by %s', (version, generator) => {
  expect(parseInfotext(`a\nSteps: 9, Seed: 5, Version: ${version}`)?.generator).toBe(generator);
});

test.each([
  ['App: SD.Next', 'sdnext'],
  ['Version: 2c2f5ff, Operations: txt2img', 'sdnext'],
  [
    'Civitai resources: [{"type":"checkpoint","modelVersionId":1,"modelName":"a, b"}], Civitai metadata: {}',
    'civitai',
  ],
  ['Source Identifier: ComfyUI', 'comfyui'],
  ['Source Identifier: somebody', 'automatic1111'],
])('%s is written by %s', (settings, generator) => {
  expect(parseInfotext(`a\nSteps: 9, Seed: 5, ${settings}`)?.generator).toBe(generator);
});

test.each([
  ['a caption', 'a photograph of a cat, sitting'],
  ['a caption with colons', 'title: cat\nauthor: me, place: here'],
  ['nothing', ''],
  ['a line of labels that no generator knows', 'camera: x, lens: y, film: z'],
])('%s is no infotext', (_, text) => {
  expect(parseInfotext(text)).toBeUndefined();
});

test.each([
  'a: {, ',
  'a: ", ',
  'a: "x"y, ',
  'a: {"b": 1} c, ',
  'Steps: 1, ',
  '      ',
  'A, B, C',
  '<lora:a',
  '(a:1',
  ': : ',
  'AddNet Model 1: x, ',
])('200 kB of %j are read in linear time', (piece) => {
  const text = `x\nSteps: 1, Seed: 2, Model: m, ${piece.repeat(200_000 / piece.length)}`;
  expect(generation(text)).toMatchObject({ prompt: 'x', steps: 1, seed: '2' });
});
