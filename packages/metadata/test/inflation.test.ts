import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ByteReader } from '../src/bytes/byte-reader.ts';
import { memorySource } from '../src/bytes/byte-source.ts';
import { limits } from '../src/bytes/limits.ts';
import { runSync } from '../src/bytes/reading.ts';
import type { Findings } from '../src/containers/findings.ts';
import type { Platform } from '../src/platform.ts';
import { readContainer } from '../src/read-container.ts';
import { readStealth } from '../src/stealth/read-stealth.ts';
import { buildPng, compressedTextChunk, internationalTextChunk, pngChunk } from './helpers/build-png.ts';
import { box } from './helpers/build-iso.ts';
import { hideBytes } from './helpers/build-stealth.ts';
import { bytes, uint32 } from './helpers/bytes.ts';

/** A stream is stopped between two steps of 4 kB, which grow to 4.2 MB at most. */
const mostSpent = limits.totalBytes + 4.5 * 1024 * 1024;
const tooMuch = {
  code: 'limit-exceeded',
  message: `The compressed data of the file inflates to more than ${limits.totalBytes} bytes.`,
};

function collect(file: Uint8Array, platform: Platform = {}): Findings {
  const reader = new ByteReader(file.length);
  const source = memorySource(file);
  const found = runSync(readContainer(reader, platform), source);
  if (found === undefined) throw new Error('The file is no known medium.');
  runSync(readStealth(reader, found), source);
  return found;
}

const long = 'x'.repeat(20 * 1024 * 1024);

test.each([
  ['zTXt', compressedTextChunk('a text', long)],
  ['iTXt', internationalTextChunk('a text', long, { compressed: true })],
  ['XMP', internationalTextChunk('XML:com.adobe.xmp', long, { compressed: true })],
  ['a raw profile', compressedTextChunk('Raw profile type exif', long)],
])('%s chunks without end inflate to what one file may, and no further', (_, chunk) => {
  const { inflation, warnings, embedded } = collect(
    buildPng({ before: Array.from({ length: 60 }, () => chunk) }),
  );
  expect(inflation.spent).toBeGreaterThan(limits.totalBytes);
  expect(inflation.spent).toBeLessThan(mostSpent);
  expect(warnings).toContainEqual(tooMuch);
  expect(embedded.length).toBeLessThanOrEqual(3);
});

test('texts before the limit is reached are kept', () => {
  const note = compressedTextChunk('a note', 'a cat');
  const before = [note, ...Array.from({ length: 4 }, () => compressedTextChunk('a text', long)), note];
  const { embedded, warnings } = collect(buildPng({ before }));
  expect(embedded.map(({ key }) => key)).toEqual(['a note', 'a text', 'a text', 'a text']);
  expect(warnings).toEqual([tooMuch]);
});

test('Brotli boxes without end inflate to what one file may, those that are damaged included', () => {
  const asked: number[] = [];
  const inflate = (damaged: boolean) => (_: Uint8Array, limit: number) => {
    asked.push(limit);
    if (damaged) throw new Error('damaged');
    return new Uint8Array(limit);
  };
  const signature = bytes(uint32(12), 'JXL ', 0x0d, 0x0a, 0x87, 0x0a);
  const boxes = Array.from({ length: 9 }, () => box('brob', 'xml ', brotliCompressSync(Buffer.alloc(9))));
  for (const damaged of [false, true]) {
    asked.length = 0;
    const { warnings } = collect(bytes(signature, ...boxes), { decompressBrotli: inflate(damaged) });
    expect(asked).toEqual([limits.inflatedBytes, limits.totalBytes - limits.inflatedBytes]);
    expect(warnings).toContainEqual(tooMuch);
  }
});

test('a hidden text inflates to what one value may, and says so', () => {
  const size = { width: 400, height: 1000 };
  const rgba = hideBytes(gzipSync(Buffer.alloc(limits.inflatedBytes * 2)), 'rgbcomp', size);
  const { inflation, warnings, embedded } = collect(buildPng({ ...size, rgba }));
  expect(embedded).toEqual([]);
  expect(inflation.spent).toBeLessThan(limits.inflatedBytes + 5 * 1024 * 1024);
  expect(warnings).toEqual([
    { code: 'limit-exceeded', message: `A text inflates to more than ${limits.inflatedBytes} bytes.` },
  ]);
});

test('the search for a mark in the pixels of a very wide picture ends at the limit', () => {
  const { inflation, warnings } = collect(blackPng(559_000, 120));
  expect(inflation.spent).toBeGreaterThan(limits.totalBytes);
  expect(inflation.spent).toBeLessThan(mostSpent);
  expect(warnings).toEqual([tooMuch]);
});

test('a picture with the mark is decoded whole, beyond the limit of texts', () => {
  const text = 'a cat\nSteps: 1, Seed: 2';
  const { warnings, embedded } = collect(blackPng(1000, 17_000, text));
  expect(embedded).toMatchObject([{ location: 'png:stealth-alpha', text }]);
  expect(warnings).toEqual([]);
});

/** A black, transparent picture that compresses well, with a text in the alpha of its first column. */
function blackPng(width: number, height: number, text?: string): Uint8Array {
  const rowLength = 1 + width * 4;
  const rows = Buffer.alloc(height * rowLength);
  const hidden = text === undefined ? '' : bytes('stealth_pnginfo', uint32(text.length * 8), text);
  for (let bit = 0; bit < hidden.length * 8; bit += 1) {
    rows[bit * rowLength + 4] = (Number(hidden[bit >> 3]) >> (7 - (bit & 7))) & 1;
  }
  return bytes(
    0x89,
    'PNG\r\n\u001a\n',
    pngChunk('IHDR', bytes(uint32(width), uint32(height), 8, 6, 0, 0, 0)),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', new Uint8Array(0)),
  );
}
