import { expect, test } from 'vitest';
import { extractTags, parseInfotext, type TagSource } from '../../index.ts';

const of = (settings: string, prompt = 'a ferry') =>
  parseInfotext(`${prompt}\nSteps: 26, Sampler: Euler a, CFG scale: 6.5, Seed: 70412, ${settings}`)
    ?.generation;
const tagsOf = (generation: TagSource['generation']) =>
  extractTags({
    container: undefined,
    width: undefined,
    height: undefined,
    generator: 'civitai',
    generation,
  });

test("Civitai's resources give model, LoRAs, embeddings and VAE by name", () => {
  const resources = [
    { type: 'checkpoint', modelVersionId: 1, modelName: 'Model A', modelVersionName: 'v1' },
    { type: 'lora', weight: 0.8, modelVersionId: 2, modelName: 'Fine Lines' },
    { type: 'LoCon', modelVersionId: 3, modelName: 'Ink', hash: 'ABCDEF12' },
    {
      type: 'ImageJobNetworkParams { Strength = 0.4, TriggerWord = , Type = lora }',
      weight: 0.4,
      modelName: 'Old',
    },
    { type: 'lora', weight: 0.2, air: 'urn:air:sdxl:lora:civitai:5@6' },
    { type: 'lora', weight: 0.5, modelVersionId: 4 },
    { type: 'embed', modelName: 'Safe Neg' },
    { type: 'vae', modelName: 'Soft' },
    { type: 'upscaler', modelName: '4x' },
  ];
  const generation = of(`Civitai resources: ${JSON.stringify(resources)}, Civitai metadata: {}`);
  expect(generation).toMatchObject({
    model: { name: 'Model A' },
    vae: 'Soft',
    loras: [
      { name: 'Fine Lines', weight: 0.8 },
      { name: 'Ink', hash: 'abcdef12' },
      { name: 'Old', weight: 0.4 },
      { name: 'urn:air:sdxl:lora:civitai:5@6', weight: 0.2 },
    ],
    embeddings: [{ name: 'Safe Neg' }],
    parameters: { 'Civitai resources': JSON.stringify(resources) },
  });
  expect(tagsOf(generation)).toContainEqual({ type: 'lora', name: 'Fine Lines' });
});

test("LoRAs of the prompt are not named a second time by Civitai's names", () => {
  const resources =
    '[{"type":"lora","weight":0.5,"modelName":"Detail Tweaker"},{"type":"checkpoint","modelName":"X"}]';
  const generation = of(
    `Model hash: 0123abcd45, Model: file_v1, Civitai resources: ${resources}, Version: v1.9.0`,
    'a ferry <lora:detail_tweaker:0.5>',
  );
  expect(generation?.loras).toEqual([{ name: 'detail_tweaker', weight: 0.5 }]);
  expect(generation?.model).toEqual({ name: 'file_v1', hash: '0123abcd45' });
});

test('a damaged list of resources is left as it is', () => {
  expect(of('Civitai resources: [{"type":"lora",')).toMatchObject({ seed: '70412' });
  expect(of('Civitai resources: [{"type":"lora",')?.loras).toBeUndefined();
});

test.each([
  ['in order', 'Lora hashes: "one: aa11, two: bb22", loraweights: "0.33,-0.2"', [0.33, -0.2]],
  ['by name', 'Lora hashes: "one: aa11, two: bb22", Lora weights: "two: 1, one: 0.5"', [0.5, 1]],
  ['in brackets', 'Lora hashes: "one: aa11, two: bb22", loraweights: "[0.33, -0.2]"', [0.33, -0.2]],
])('weights of LoRAs that stand in a list beside them, %s', (_, settings, weights) => {
  expect(of(settings)?.loras).toEqual([
    { name: 'one', hash: 'aa11', weight: weights[0] },
    { name: 'two', hash: 'bb22', weight: weights[1] },
  ]);
  expect(of(settings)).not.toHaveProperty('parameters');
});

test('a list of weights that is longer or shorter than the names gives none of them', () => {
  expect(of('Lora hashes: "one: aa11, two: bb22", loraweights: "0.33"')?.loras).toEqual([
    { name: 'one', hash: 'aa11' },
    { name: 'two', hash: 'bb22' },
  ]);
});

test('names without hashes count where as many weights are beside them', () => {
  expect(of('loras: "one,two", loraweights: "0.3,1"')?.loras).toEqual([
    { name: 'one', weight: 0.3 },
    { name: 'two', weight: 1 },
  ]);
  expect(of('loras: "one,two"')).toMatchObject({ parameters: { loras: 'one,two' } });
});

test('a weight in the prompt holds against the list', () => {
  const generation = of('Lora hashes: "one: aa11", Lora weights: "one: 0.9"', 'a <lora:one:0.5>');
  expect(generation?.loras).toEqual([{ name: 'one', weight: 0.5, hash: 'aa11' }]);
});

test('numbered LoRAs of save nodes', () => {
  expect(
    of(
      'Lora_0 Model name: ink.safetensors, Lora_0 Model hash: AB12CD34, Lora_0 Strength model: 0.5, Lora_0 Strength clip: 0.3, Lora_1 Model name: b, Lora_1 Strength model: 1, Lora_1 Strength clip: 1, Version: ComfyUI',
    )?.loras,
  ).toEqual([
    { name: 'ink.safetensors', weight: 0.5, textEncoderWeight: 0.3, hash: 'ab12cd34' },
    { name: 'b', weight: 1 },
  ]);
});

test('stable-diffusion.cpp: sampler and schedule in one setting, and the model by its part', () => {
  const end = 'VAE: vae.safetensors, Version: stable-diffusion.cpp';
  expect(of(`Model: , TE: e.safetensors, Unet: model-Q8_0.gguf, ${end}`)).toMatchObject({
    model: { name: 'model-Q8_0.gguf' },
    parameters: { TE: 'e.safetensors' },
  });
  const cpp = parseInfotext(
    `a\nSteps: 21, Seed: 1, Model: m.gguf, Unet: u.gguf, Sampler: dpm++2m bong_tangent, ${end}`,
  );
  expect(cpp?.generation).toMatchObject({
    sampler: 'dpm++2m',
    scheduler: 'bong_tangent',
    model: { name: 'm.gguf' },
    parameters: { Unet: 'u.gguf' },
  });
  expect(parseInfotext(`a\nSteps: 21, Seed: 1, Sampler: euler_a, ${end}`)?.generation).not.toHaveProperty(
    'scheduler',
  );
});

test('stable-diffusion.cpp: LoRAs of its record, and the upscaler under the name of the factor', () => {
  const record = JSON.stringify({
    loras: [{ name: 'lcm.safetensors', multiplier: 0.7, is_high_noise: false }],
  });
  const text = `a\nSteps: 21, Seed: 1, Size: 8x8, Model: m.gguf, Hires upscale: Latent, Hires scale: 2.000000, Hires steps: 4, Denoising strength: 0.4, Version: stable-diffusion.cpp, SDCPP: ${record}`;
  expect(parseInfotext(text)?.generation).toMatchObject({
    loras: [{ name: 'lcm.safetensors', weight: 0.7 }],
    stages: [{ role: 'base' }, { role: 'hires', upscaler: 'Latent', upscaleBy: 2, steps: 4, denoise: 0.4 }],
  });
});

test('a schedule under the name that save nodes of ComfyUI give it', () => {
  expect(of('Scheduler: karras, Version: ComfyUI')).toMatchObject({
    sampler: 'Euler a',
    scheduler: 'karras',
  });
});
