import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  isSupportedFile,
  parseInfotext,
  readMetadata,
  readMetadataSync,
  stripMetadata,
  toInfotext,
  writableContainers,
  writeMetadata,
} from '../src/index.ts';
import { readSample, samplePath } from './helpers/read-sample.ts';

const duck = {
  prompt: 'photo of a duck',
  negativePrompt: 'monochrome',
  steps: 15,
  sampler: 'UniPC',
  cfgScale: 5,
  seed: '235284042',
  width: 512,
  height: 400,
  model: { name: 'realistic_realisticVisionV20_v20', hash: 'c0d1994c73' },
};

test.each([
  ['sd-parsers/parsers/AUTOMATIC1111/automatic1111_cropped.png', duck],
  ['sd-parsers/parsers/AUTOMATIC1111/automatic1111_cropped.jpg', duck],
  ['sd-parsers/bad_images/text_after_idat.png', duck],
  [
    'sd-parsers/parsers/AUTOMATIC1111/automatic1111_stealth.png',
    {
      prompt: 'a circle',
      negativePrompt: 'a square',
      steps: 20,
      sampler: 'Euler',
      scheduler: 'Automatic',
      cfgScale: 7,
      seed: '2015833630',
      width: 64,
      height: 64,
      model: { name: 'realisticVisionV51_v51VAE', hash: '15012c538f' },
      clipSkip: 2,
      version: 'v1.9.4-169-ga30b19dd',
    },
  ],
  [
    'image-metahub/cli/a1111.png',
    {
      steps: 28,
      sampler: 'DPM++ 2M',
      scheduler: 'Karras',
      cfgScale: 7,
      seed: '2895438046',
      model: { name: 'v1-5-pruned-emaonly', hash: '6ce0161689' },
    },
  ],
])('%s', (name, generation) => {
  const metadata = readMetadataSync(readSample(name));
  expect(metadata).toMatchObject({ generator: 'automatic1111', generation, warnings: [] });
});

test('the long text of auto1111-pnginfo', () => {
  const { generator, generation } = readMetadataSync(readSample('auto1111-pnginfo/tmp46c8k1iv.png'));
  expect(generator).toBe('forge');
  expect(generation).toMatchObject({
    steps: 20,
    sampler: 'DPM++ 2M',
    scheduler: 'Karras',
    cfgScale: 7,
    seed: '557152045',
    model: { name: 'geminixMixRealistic_bV10', hash: '5307b134ff' },
  });
  expect(generation?.prompt).toMatch(/^highly insanely detailed, mast/);
  expect(generation?.negativePrompt).toMatch(/^EasyNegative, \(norma/);
});

test('the AVIF of ComfyUI, through its XMP', () => {
  expect(readMetadataSync(readSample('image-metahub/avif/comfy-xmp.avif'))).toMatchObject({
    container: 'avif',
    generator: 'comfyui',
    generation: {
      prompt: 'AVIF fixture prompt',
      negativePrompt: 'fixture negative',
      seed: '42',
      steps: 20,
      cfgScale: 7,
      model: { name: 'fixture-model.safetensors' },
    },
  });
});

test('nothing is said to be generated that is not', async () => {
  const names = readdirSync(samplePath('not-generated'));
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) {
    const metadata = await readMetadata(samplePath(`not-generated/${name}`));
    expect([
      name,
      metadata.generator,
      metadata.generation,
      metadata.aiGenerated,
      metadata.alternatives,
    ]).toEqual([name, undefined, undefined, undefined, []]);
  }
});

const everySample = readdirSync(samplePath('.'), { recursive: true })
  .map(String)
  .filter((name) => isSupportedFile(name));

test('every sample is read alike from its path and its bytes, and comes back from its infotext', async () => {
  expect(everySample.length).toBeGreaterThan(50);
  for (const name of everySample) {
    const bytes = readSample(name);
    const metadata = await readMetadata(samplePath(name));
    const fileName = name.split('/').at(-1) ?? name;
    expect([name, readMetadataSync(bytes, { fileName })]).toEqual([name, metadata]);
    if (metadata.generation === undefined) continue;
    expect([name, parseInfotext(toInfotext(metadata))]).toEqual([
      name,
      { generator: metadata.generator, generation: metadata.generation },
    ]);
  }
});

test('every PNG, JPEG and WebP sample can be written and stripped', () => {
  const written = everySample.flatMap((name) => {
    const bytes = readSample(name);
    const { container } = readMetadataSync(bytes, { stealth: 'never' });
    return (writableContainers as readonly (string | undefined)[]).includes(container)
      ? [[name, bytes] as const]
      : [];
  });
  expect(written.length).toBeGreaterThan(50);
  for (const [name, bytes] of written) {
    const infotext = 'a cat 猫\nSteps: 9, Seed: 5, Version: v1.9.0';
    const rewritten = writeMetadata(bytes, infotext, { credentials: 'drop' });
    const texts = readMetadataSync(rewritten, { stealth: 'never' }).embedded;
    expect([name, texts.filter(({ text }) => text === infotext).length]).toEqual([name, 1]);
    const stripped = stripMetadata(bytes, { aiLabels: 'drop' });
    expect([name, readMetadataSync(stripped, { stealth: 'always' }).embedded]).toEqual([name, []]);
  }
});

test('no sample is changed by what is done with its bytes', () => {
  for (const name of everySample) {
    const bytes = readSample(name);
    const before = Buffer.from(bytes);
    const metadata = readMetadataSync(bytes, { exif: true });
    if ((writableContainers as readonly (string | undefined)[]).includes(metadata.container)) {
      stripMetadata(bytes);
      writeMetadata(bytes, 'a cat\nSteps: 9, Seed: 5, Version: v1.9.0', { credentials: 'drop' });
    }
    expect([name, before.equals(bytes)]).toEqual([name, true]);
  }
});

test('the beginning of every sample is read whatever its length', () => {
  for (const name of everySample) {
    const head = readSample(name).subarray(0, 64);
    for (let length = 0; length <= head.length; length += 1) {
      expect(readMetadataSync(head.subarray(0, length)).generation).toBeUndefined();
    }
  }
});
