import {
  array,
  assert,
  bigInt,
  constantFrom,
  dictionary,
  double,
  integer,
  oneof,
  property,
  record,
  string,
} from 'fast-check';
import { expect, test } from 'vitest';
import { buildPng, textChunk } from '../../../test/helpers/build-png.ts';
import { type Generation, generationRoles, generators } from '../../image-metadata.ts';
import { readMetadataSync } from '../../read-metadata.ts';
import { parseInfotext } from './parse-infotext.ts';
import { toInfotext } from './to-infotext.ts';

const awkward = constantFrom(
  'a, b: c',
  'Steps: 20, Seed: 5',
  'Negative prompt: x',
  '"quoted"',
  '{"a": [1, 2]}',
  'line\nbreak',
  'back\\slash\\',
  '<lora:a,b (v1.2)+x:-0.5:0.3>',
  'DPM++ 2M Karras',
  'Undefined',
  ' padded ',
  'extraJsonMetaInfo: {}',
  '猫 😀',
  '\u0000\u0001',
  '[x',
  '',
);
const text = oneof(awkward, string({ unit: 'grapheme', maxLength: 30 }), string({ maxLength: 30 }));
const number = oneof(integer(), double({ noNaN: true, noDefaultInfinity: true }));
const optional = { requiredKeys: [] as [] };
const model = record({ name: text, hash: text }, optional);
const sampling = {
  seed: bigInt({ min: 0n, max: 2n ** 64n }).map(String),
  steps: number,
  cfgScale: number,
  guidance: number,
  sampler: text,
  scheduler: text,
  denoise: number,
};
const stage = record(
  {
    role: constantFrom(...generationRoles),
    ...sampling,
    prompt: text,
    model,
    upscaler: text,
    upscaleBy: number,
    width: number,
    height: number,
    nodeId: text,
  },
  { requiredKeys: ['role'] },
);
const generation = record(
  {
    ...sampling,
    prompt: text,
    negativePrompt: text,
    clipSkip: number,
    width: number,
    height: number,
    model,
    vae: text,
    loras: array(
      record(
        { name: text, weight: number, textEncoderWeight: number, hash: text },
        { requiredKeys: ['name'] },
      ),
      { maxLength: 3 },
    ),
    embeddings: array(record({ name: text, hash: text }, { requiredKeys: ['name'] }), { maxLength: 3 }),
    stages: array(stage, { maxLength: 3 }),
    characters: array(
      record(
        { prompt: text, negativePrompt: text, center: record({ x: number, y: number }) },
        { requiredKeys: ['prompt'] },
      ),
      { maxLength: 2 },
    ),
    promptSegments: array(
      record(
        { text, relation: constantFrom('combine', 'concat', 'average'), weight: number },
        { requiredKeys: ['text'] },
      ),
      { maxLength: 2 },
    ),
    mergedModels: array(record({ name: text, share: number }, optional), { maxLength: 2 }),
    version: text,
    date: text,
    parameters: dictionary(
      text.filter((key) => key !== '__proto__'),
      text,
      { maxKeys: 4 },
    ),
  },
  optional,
);

test('every generation comes back from its text, with its generator', () => {
  assert(
    property(generation, constantFrom(...generators), (fields, generator) => {
      const source = JSON.parse(JSON.stringify(fields)) as Generation;
      const printed = toInfotext({ generator, generation: source });
      expect(parseInfotext(printed)).toEqual({ generator, generation: source });
    }),
    { numRuns: 500 },
  );
});

test('a ComfyUI result in the form that IIB prints', () => {
  expect(
    toInfotext({
      generator: 'comfyui',
      generation: {
        prompt: 'a cat',
        negativePrompt: 'bad',
        seed: '5',
        steps: 20,
        cfgScale: 7,
        sampler: 'euler',
        scheduler: 'normal',
        model: { name: 'm.safetensors' },
      },
    }),
  ).toBe(
    'a cat\nNegative prompt: bad\nSteps: 20, Sampler: euler, Schedule type: normal, CFG scale: 7, Seed: 5, Model: m.safetensors, Source Identifier: ComfyUI',
  );
});

test('what the text form cannot say follows on a line of its own, unless that is not wanted', () => {
  const metadata = {
    generator: 'comfyui',
    generation: { prompt: 'a cat', seed: '5', mergedModels: [{ name: 'soft', share: 0.5 }] },
  } as const;
  const bare = 'a cat\nSeed: 5, Source Identifier: ComfyUI';
  expect(toInfotext(metadata)).toBe(
    `${bare}\nextraJsonMetaInfo: {"iibKit":{"mergedModels":[{"name":"soft","share":0.5}]}}`,
  );
  expect(toInfotext(metadata, { extraInfo: false })).toBe(bare);
});

test('LoRAs that stand in no prompt are listed, and read back', () => {
  const loras = [
    { name: 'a/ink.safetensors', weight: 0.8 },
    { name: 'late', weight: 1, textEncoderWeight: 0.2 },
    { name: 'bare' },
  ];
  const metadata = { generator: 'comfyui', generation: { prompt: 'a <lora:red:1> cat', loras } } as const;
  const printed = toInfotext(metadata);
  expect(printed.split('\n')[1]).toBe(
    'Lora_0 Model name: a/ink.safetensors, Lora_0 Strength model: 0.8, Lora_1 Model name: late, ' +
      'Lora_1 Strength model: 1, Lora_1 Strength clip: 0.2, Lora_2 Model name: bare, Source Identifier: ComfyUI',
  );
  expect(parseInfotext(printed)?.generation.loras).toEqual(loras);
});

test('texts and models of further stages and encoders are part of the text', () => {
  const generation: Generation = {
    prompt: 'a cat',
    model: { name: 'high.safetensors' },
    promptSegments: [{ text: 'a cat', parts: { clip_l: 'cat', t5xxl: 'a cat in detail' } }],
    stages: [
      { role: 'base', prompt: 'a cat', model: { name: 'high.safetensors' } },
      { role: 'expert', prompt: 'a cat', model: { name: 'low.safetensors' } },
      { role: 'detailer', prompt: 'a face, smiling' },
    ],
  };
  const printed = toInfotext({ generator: 'comfyui', generation }, { extraInfo: false });
  expect(printed.split('\n').at(-1)).toBe(
    'Model: high.safetensors, Expert model: low.safetensors, Detailer prompt: "a face, smiling", ' +
      'Prompt of t5xxl: a cat in detail, Source Identifier: ComfyUI',
  );
  expect(parseInfotext(toInfotext({ generator: 'comfyui', generation }))?.generation).toEqual(generation);
});

test('a text of the A1111 family is given back as it is, with its writer named', () => {
  const infotext =
    'a  cat,\nNegative prompt: bad\nSteps: 9, Sampler: DPM++ 2M Karras, Seed: 5, Hashes: {"model": "aa"}, Version: v1.9.0';
  const read = (text: string) => readMetadataSync(buildPng({ before: [textChunk('parameters', text)] }));
  const named = `${infotext}, Source Identifier: Stable Diffusion web UI`;
  expect(toInfotext(read(infotext))).toBe(named);
  expect(toInfotext(read(`${infotext}\n`))).toBe(named);
  expect(toInfotext(read(named))).toBe(named);
  expect(toInfotext(read(`${infotext}\nTemplate: a {b|c}`))).toBe(`${named}\nTemplate: a {b|c}`);
});

test('nothing read is nothing printed', () => {
  expect(toInfotext(readMetadataSync(buildPng()))).toBe('');
});

test('extra information of a wrong shape is left out', () => {
  const extra = {
    steps: 'many',
    prompt: 5,
    loras: [{ weight: 1 }, { name: 'ok' }],
    stages: [{ role: 'boss' }],
    seed: null,
    parameters: { a: 'b', c: 4 },
  };
  expect(
    parseInfotext(`a cat\nSteps: 9, Seed: 5\nextraJsonMetaInfo: ${JSON.stringify({ iibKit: extra })}`)
      ?.generation,
  ).toEqual({
    prompt: 'a cat',
    steps: 9,
    loras: [{ name: 'ok' }],
    stages: [],
    parameters: { a: 'b' },
  });
});

test('the settings of a hires stage have the labels that WebUI Forge writes', () => {
  const stages = [
    { role: 'base' as const },
    {
      role: 'hires' as const,
      upscaleBy: 2,
      width: 1024,
      height: 1536,
      steps: 12,
      denoise: 0.4,
      cfgScale: 1,
      guidance: 3.5,
      sampler: 'Euler',
      scheduler: 'Simple',
      upscaler: '4x-UltraSharp',
      prompt: 'a finer fox',
    },
  ];
  const written = toInfotext({ generator: 'automatic1111', generation: { prompt: 'a fox', stages } });
  expect(written.split('\n')[1]).toBe(
    'Denoising strength: 0.4, Hires upscale: 2, Hires resize: 1024x1536, Hires steps: 12, Hires upscaler: 4x-UltraSharp, Hires sampler: Euler, Hires schedule type: Simple, Hires CFG Scale: 1, Hires Distilled CFG Scale: 3.5, Hires prompt: a finer fox, Source Identifier: Stable Diffusion web UI',
  );
});
