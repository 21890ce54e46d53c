import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extractTags, readMetadata, readMetadataSync, toInfotext } from '../src/index.ts';
import { buildJpeg, exifSegment, jpegSegment } from './helpers/build-jpeg.ts';
import { buildPng, textChunk } from './helpers/build-png.ts';
import { buildTiff, userComment } from './helpers/build-tiff.ts';
import { buildWebp, exifChunk } from './helpers/build-webp.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iib-kit-metadata-'));
});
afterAll(() => rm(folder, { recursive: true }));

const infotext = 'a cat\nNegative prompt: bad\nSteps: 9, Sampler: Euler a, Seed: 5, Version: v1.9.0';
const generation = {
  prompt: 'a cat',
  negativePrompt: 'bad',
  steps: 9,
  sampler: 'Euler a',
  seed: '5',
  version: 'v1.9.0',
};
const tiff = buildTiff({ exif: [userComment(infotext, 'utf16-big')] });
const files = {
  png: { bytes: buildPng({ before: [textChunk('parameters', infotext)] }), width: 8, height: 8 },
  jpeg: { bytes: buildJpeg([exifSegment(tiff)]), width: 16, height: 8 },
  webp: { bytes: buildWebp([exifChunk(tiff)]), width: 1, height: 1 },
};

test.each(Object.entries(files))('%s: path, bytes, blob and source say the same', async (container, file) => {
  const path = join(folder, `picture.${container}`);
  await writeFile(path, file.bytes);
  const expected = {
    container,
    width: file.width,
    height: file.height,
    embedded: [
      {
        location: container === 'png' ? 'png:tEXt' : `${container}:exif:UserComment`,
        key: container === 'png' ? 'parameters' : 'UserComment',
        text: infotext,
      },
    ],
    generator: 'automatic1111',
    generation,
    aiGenerated: { source: 'generator', value: 'Stable Diffusion web UI' },
    alternatives: [],
    warnings: [],
  };
  expect(await readMetadata(path)).toEqual(expected);
  expect(await readMetadata(file.bytes)).toEqual(expected);
  expect(await readMetadata(new Blob([Buffer.from(file.bytes)]))).toEqual(expected);
  expect(readMetadataSync(path)).toEqual(expected);
  expect(readMetadataSync(file.bytes)).toEqual(expected);
});

test('stable-diffusion.cpp: the keyword of a JPEG comment is taken off', () => {
  const file = buildJpeg([jpegSegment(0xfe, 'parameters\0', infotext, 0)]);
  expect(readMetadataSync(file)).toMatchObject({
    embedded: [{ location: 'jpeg:COM', key: 'parameters', text: infotext }],
    generation,
  });
});

test('the superfluous EXIF prefix that old Pillow writes into WebP is taken off', () => {
  const prefixed = new Uint8Array(Buffer.concat([Buffer.from('Exif\0\0'), tiff]));
  expect(readMetadataSync(buildWebp([exifChunk(prefixed)])).generation).toEqual(generation);
});

test('bytes that are no medium have no container', async () => {
  const texts = [
    '%PDF-1.7 hello',
    'the free encyclopedia',
    'ID3 is a kind of tag',
    'RIFF and WAVE files',
    'GIF87 is older',
  ];
  const canonRaw = '\0\0\0\u0018ftypcrx \0\0\0\u0001crx isom';
  for (const bytes of [
    new Uint8Array(0),
    new Uint8Array(100),
    ...[...texts, canonRaw].map((text) => Buffer.from(text)),
  ]) {
    expect(await readMetadata(new Uint8Array(bytes))).toEqual({
      container: undefined,
      width: undefined,
      height: undefined,
      embedded: [],
      generator: undefined,
      generation: undefined,
      aiGenerated: undefined,
      alternatives: [],
      warnings: [],
    });
  }
});

test.each(['async', 'sync'])('%s: a path that cannot be read is an error with its code', async (kind) => {
  const read = async (path: string) => (kind === 'sync' ? readMetadataSync(path) : readMetadata(path));
  const missing = join(folder, 'missing.png');
  await expect(read(missing)).rejects.toMatchObject({
    name: 'MetadataError',
    code: 'not-found',
    path: missing,
  });
  const inner = join(folder, `folder-${kind}`);
  await mkdir(inner);
  await expect(read(inner)).rejects.toMatchObject({ code: 'is-directory' });
});

test('a file without permission is an error with its code', async () => {
  const path = join(folder, 'secret.png');
  await writeFile(path, files.png.bytes);
  await chmod(path, 0);
  // Nothing is forbidden to root: be somebody else for the moment.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await expect(readMetadata(path)).rejects.toMatchObject({ code: 'no-permission' });
    expect(() => readMetadataSync(path)).toThrow(expect.objectContaining({ code: 'no-permission' }));
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

test('an aborted signal stops the reading with its reason', async () => {
  const reason = new Error('enough');
  await expect(readMetadata(files.png.bytes, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('a generator of your own is asked before the built-in ones', async () => {
  const own = {
    id: 'my-tool',
    label: 'My Tool',
    parse: () => [{ generator: 'my-tool', generation: { prompt: 'mine' } }],
  };
  const metadata = await readMetadata(files.png.bytes, { generators: [own] });
  expect(metadata).toMatchObject({
    generator: 'my-tool',
    generatorLabel: 'My Tool',
    generation: { prompt: 'mine' },
    aiGenerated: { source: 'generator', value: 'My Tool' },
    alternatives: [{ generator: 'automatic1111', generation }],
  });
  expect(extractTags(metadata)).toContainEqual({ type: 'Source Identifier', name: 'My Tool' });
  expect(toInfotext(metadata)).toContain('Source Identifier: My Tool');
  const { label: _, ...unnamed } = own;
  const other = await readMetadata(files.png.bytes, { generators: [unnamed] });
  expect(other).not.toHaveProperty('generatorLabel');
  expect(extractTags(other)).toContainEqual({ type: 'Source Identifier', name: 'my-tool' });
});

test('a source of your own that fails is an error with its cause, and one that was aborted its reason', async () => {
  const cause = new Error('connection lost');
  const failing = { size: 100, read: () => Promise.reject(cause) };
  await expect(readMetadata(failing)).rejects.toMatchObject({
    name: 'MetadataError',
    code: 'read-failed',
    cause,
  });
  const throwing = {
    size: 100,
    read: (): Uint8Array => {
      throw cause;
    },
  };
  expect(() => readMetadataSync(throwing)).toThrow(expect.objectContaining({ code: 'read-failed', cause }));
  const controller = new AbortController();
  const reason = new Error('enough');
  const slow = {
    size: 100,
    read: () => {
      controller.abort(reason);
      return Promise.reject(new Error('aborted'));
    },
  };
  await expect(readMetadata(slow, { signal: controller.signal })).rejects.toBe(reason);
});

test('wrong use is a TypeError that names what is wrong', async () => {
  const wrong = (value: unknown) => value as Uint8Array;
  await expect(readMetadata(wrong(null))).rejects.toThrow(
    new TypeError('source must be bytes, a Blob, or an object with size and read(); a path on Node'),
  );
  await expect(readMetadata(wrong({ size: 5 }))).rejects.toThrow(TypeError);
  expect(() => readMetadataSync(wrong(undefined))).toThrow(TypeError);
  const options = JSON.parse('{"stealth": "allways"}') as { stealth: 'always' };
  await expect(readMetadata(files.png.bytes, options)).rejects.toThrow(
    new TypeError("stealth must be 'auto', 'always' or 'never', not allways"),
  );
});
