import { expect, test } from 'vitest';
import { createComfyUiGenerator, type NodeKinds, readMetadataSync } from '../src/index.ts';
import { buildPng, textChunk } from './helpers/build-png.ts';

const graph = (text: unknown) =>
  JSON.stringify({
    '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'model.safetensors' } },
    '5': { class_type: 'EmptyLatentImage', inputs: { width: 8, height: 8, batch_size: 1 } },
    '6': { class_type: 'CLIPTextEncode', inputs: { text, clip: ['4', 1] } },
    '7': { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['4', 1] } },
    '3': {
      class_type: 'KSampler',
      inputs: {
        seed: 5,
        steps: 20,
        cfg: 7,
        sampler_name: 'euler',
        scheduler: 'normal',
        denoise: 1,
        model: ['4', 0],
        positive: ['6', 0],
        negative: ['7', 0],
        latent_image: ['5', 0],
      },
    },
    '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    '9': { class_type: 'SaveImage', inputs: { filename_prefix: 'ComfyUI', images: ['8', 0] } },
    '10': { class_type: 'SomeLanguageModel', inputs: { instruction: 'write a prompt' } },
  });
const infotext = (seed: number) =>
  `a text that a language model wrote\nNegative prompt: other\nSteps: 20, Sampler: euler_normal, Seed: ${seed}, Model: unknown, Version: ComfyUI`;
const file = (prompt: string, text: string) =>
  buildPng({ before: [textChunk('parameters', text), textChunk('prompt', prompt)] });

test('graph and text in one file: the graph comes first, what it does not hold comes from the text of the same run', () => {
  const metadata = readMetadataSync(file(graph(['10', 0]), infotext(5)));
  expect(metadata).toMatchObject({
    generator: 'comfyui',
    generation: {
      prompt: 'a text that a language model wrote',
      negativePrompt: 'blurry',
      sampler: 'euler',
      model: { name: 'model.safetensors' },
    },
    alternatives: [
      {
        generator: 'comfyui',
        generation: { negativePrompt: 'other', sampler: 'euler', scheduler: 'normal' },
      },
    ],
  });
});

test('a text of another run lends nothing', () => {
  const metadata = readMetadataSync(file(graph(['10', 0]), infotext(6)));
  expect(metadata.generation).not.toHaveProperty('prompt');
  expect(metadata.generation).toMatchObject({ seed: '5' });
  expect(metadata.alternatives).toMatchObject([{ generation: { seed: '6' } }]);
  expect(metadata.warnings.map(({ code }) => code)).toContain('unresolved');
});

test('a field that both hold is that of the graph', () => {
  const metadata = readMetadataSync(file(graph('a cat'), infotext(5)));
  expect(metadata.generation).toMatchObject({ prompt: 'a cat' });
});

test('what is said twice in the same words is said once', () => {
  const text = 'a cat\nSteps: 9, Seed: 5, Version: v1.9.0';
  const twice = buildPng({ before: [textChunk('parameters', text)], after: [textChunk('parameters', text)] });
  expect(readMetadataSync(twice)).toMatchObject({ generation: { seed: '5' }, alternatives: [] });
});

test('provenance names the source of each field when it is asked for', () => {
  const bytes = file(graph(['10', 0]), infotext(5));
  const { generation } = readMetadataSync(bytes, { provenance: true });
  expect(generation?.provenance).toMatchObject({ prompt: 'png:tEXt/parameters' });
  expect(Object.keys(generation?.provenance ?? {}).sort()).toEqual(
    Object.keys(generation ?? {})
      .filter((key) => key !== 'provenance')
      .sort(),
  );
  expect(generation?.provenance?.['seed']).toMatch(/prompt/);
  expect(readMetadataSync(bytes).generation).not.toHaveProperty('provenance');
});

test('upscaling that the extras tab recorded belongs to the description, and is one of its own without', () => {
  const extras = 'Postprocess upscale by: 4, Postprocess upscaler: R-ESRGAN 4x+';
  const upscaled = { 'Postprocess upscale by': '4', 'Postprocess upscaler': 'R-ESRGAN 4x+' };
  const text = 'a cat\nSteps: 9, Seed: 5, Version: v1.9.0';
  const both = buildPng({ before: [textChunk('parameters', text), textChunk('postprocessing', extras)] });
  expect(readMetadataSync(both)).toMatchObject({
    generation: { prompt: 'a cat', parameters: upscaled },
    alternatives: [],
  });
  const alone = buildPng({ before: [textChunk('postprocessing', extras)] });
  expect(readMetadataSync(alone).generation).toEqual({ parameters: upscaled });
});

test('node classes of your own are known per call, or in a generator of your own', () => {
  const own = JSON.stringify({
    ...(JSON.parse(graph(['11', 0])) as object),
    '11': { class_type: 'MyTextBox', inputs: { contents: 'a text from my node' } },
  });
  const bytes = buildPng({ before: [textChunk('prompt', own)] });
  const kinds: NodeKinds = { MyTextBox: { value: (read) => read('contents') } };
  expect(readMetadataSync(bytes, { comfyNodeKinds: kinds }).generation?.prompt).toBe('a text from my node');
  const generators = [createComfyUiGenerator({ nodeKinds: kinds })];
  expect(readMetadataSync(bytes, { generators }).generation?.prompt).toBe('a text from my node');
});
