import { expect, test } from 'vitest';
import { bytes, utf8 } from '../../test/helpers/bytes.ts';
import { ascii, buildTiff, userComment } from '../../test/helpers/build-tiff.ts';
import {
  buildPng,
  compressedTextChunk,
  internationalTextChunk,
  pngChunk,
  textChunk,
} from '../../test/helpers/build-png.ts';
import { memorySource } from '../bytes/byte-source.ts';
import { limits } from '../bytes/limits.ts';
import { readMetadataSync } from '../read-metadata.ts';

test('texts of every chunk type are found before and after the pixels, in the order of the file', () => {
  const file = buildPng({
    width: 12,
    height: 7,
    before: [
      textChunk('ascii', 'a cat'),
      textChunk('latin1', 'caf\u00e9'),
      textChunk('raw utf-8', utf8('猫 😀')),
      compressedTextChunk('zipped', '犬'),
    ],
    after: [
      internationalTextChunk('international', '鳥', { language: 'ja' }),
      internationalTextChunk('zipped too', '魚', { compressed: true }),
      pngChunk('comf', utf8('prompt\0{}')),
      pngChunk('eXIf', buildTiff({ order: 'little', exif: [userComment('a 兎', 'utf16-big')] })),
    ],
  });
  const metadata = readMetadataSync(file);
  expect(metadata).toMatchObject({ container: 'png', width: 12, height: 7, warnings: [] });
  expect(metadata.embedded).toEqual([
    { location: 'png:tEXt', key: 'ascii', text: 'a cat' },
    { location: 'png:tEXt', key: 'latin1', text: 'café' },
    { location: 'png:tEXt', key: 'raw utf-8', text: '猫 😀' },
    { location: 'png:zTXt', key: 'zipped', text: '犬' },
    { location: 'png:iTXt', key: 'international', text: '鳥' },
    { location: 'png:iTXt', key: 'zipped too', text: '魚' },
    { location: 'png:comf', key: 'prompt', text: '{}' },
    { location: 'png:exif:UserComment', key: 'UserComment', text: 'a 兎' },
  ]);
});

test('texts behind the end of the picture are found, and nothing else there is', () => {
  const texts = bytes(textChunk('prompt', '{"a": 1}'), internationalTextChunk('workflow', '猫'));
  const other = buildPng({ before: [textChunk('parameters', 'of another picture')] });
  for (const rest of ['', 'trailing bytes of a phone', other, pngChunk('IDAT', utf8('x'))]) {
    const metadata = readMetadataSync(bytes(buildPng(), texts, rest));
    expect(metadata.embedded.map(({ key, text }) => [key, text])).toEqual([
      ['prompt', '{"a": 1}'],
      ['workflow', '猫'],
    ]);
    expect(metadata.warnings).toEqual([]);
  }
  expect(readMetadataSync(bytes(buildPng(), texts.subarray(0, -3))).warnings).toEqual([
    { code: 'truncated', message: 'The PNG ends inside a chunk of type iTXt.' },
  ]);
});

test('the NUL that TensorArt ends its texts with is no part of the text', () => {
  const file = buildPng({ before: [textChunk('generation_data', '{"seed":"-1"}\0')] });
  expect(readMetadataSync(file).embedded[0]?.text).toBe('{"seed":"-1"}');
});

test('pixels are not read: twenty megabytes cost a few small reads', () => {
  const pixels = pngChunk('IDAT', new Uint8Array(65_536));
  const last = pngChunk('IDAT', new Uint8Array(1_000));
  const small = buildPng({ before: [textChunk('first', '1')], after: [textChunk('last', '2')] });
  const start = small.length - 12 - textChunk('last', '2').length;
  const file = new Uint8Array(
    Buffer.concat([
      small.subarray(0, 33 + textChunk('first', '1').length),
      ...Array.from({ length: 320 }, () => pixels),
      last,
      small.subarray(start),
    ]),
  );
  const { metadata, ranges } = readCounting(file);
  expect(metadata.embedded.map(({ key }) => key)).toEqual(['first', 'last']);
  expect(metadata.warnings).toEqual([]);
  expect(file.length).toBeGreaterThan(20_000_000);
  expect(ranges.length).toBeLessThanOrEqual(4);
  expect(ranges.reduce((sum, length) => sum + length, 0)).toBeLessThan(limits.headBytes * 2);
});

test('pixel chunks of uneven lengths are walked one by one', () => {
  const pixels = [5000, 17, 8000, 8000, 300].map((length) => pngChunk('IDAT', new Uint8Array(length)));
  const file = buildPng({ before: pixels, after: [textChunk('last', '2')] });
  expect(readMetadataSync(file).embedded).toEqual([{ location: 'png:tEXt', key: 'last', text: '2' }]);
});

test('a large text after the pixels is found where the end of the file is not its start', () => {
  const pixels = Array.from({ length: 40 }, () => pngChunk('IDAT', new Uint8Array(1024)));
  const file = buildPng({ before: pixels, after: [textChunk('workflow', 'x'.repeat(200_000))] });
  expect(readMetadataSync(file).embedded[0]?.text).toHaveLength(200_000);
});

test('a wrong checksum is a warning, and the text is kept', () => {
  const file = buildPng({ before: [textChunk('parameters', 'a cat')] });
  const at = Buffer.from(file).indexOf('a cat');
  file[at] = 0x62;
  const metadata = readMetadataSync(file);
  expect(metadata.embedded[0]?.text).toBe('b cat');
  expect(metadata.warnings).toEqual([
    { code: 'malformed', message: 'The checksum of the PNG chunk tEXt is wrong.' },
  ]);
});

test('a wrong checksum of the header is a warning', () => {
  const file = buildPng({ before: [textChunk('parameters', 'a cat')] });
  file[29] = (file[29] ?? 0) ^ 1;
  const metadata = readMetadataSync(file);
  expect(metadata.embedded[0]?.text).toBe('a cat');
  expect(metadata.warnings).toEqual([
    { code: 'malformed', message: 'The checksum of the PNG chunk IHDR is wrong.' },
  ]);
});

test('a file cut inside its pixels gives what came before, and a warning', () => {
  const file = buildPng({ width: 64, height: 64, before: [textChunk('parameters', 'a cat')] });
  const metadata = readMetadataSync(file.subarray(0, file.length - 20));
  expect(metadata.embedded).toHaveLength(1);
  expect(metadata.warnings).toEqual([{ code: 'truncated', message: 'The PNG has no end.' }]);
});

test('a compressed text that would fill the memory is left out', () => {
  const file = buildPng({
    before: [compressedTextChunk('bomb', 'x'.repeat(limits.inflatedBytes + 1))],
  });
  const metadata = readMetadataSync(file);
  expect(metadata.embedded).toEqual([]);
  expect(metadata.warnings.map(({ code }) => code)).toEqual(['limit-exceeded']);
});

test('a length that promises more than the file holds is a warning', () => {
  const file = buildPng({ before: [textChunk('parameters', 'a cat')] });
  new DataView(file.buffer).setUint32(33, 0x7fff_ffff);
  expect(readMetadataSync(file)).toMatchObject({
    embedded: [],
    warnings: [{ code: 'limit-exceeded' }, { code: 'truncated' }],
  });
});

test('EXIF keeps the slot names of the tags that writers use', () => {
  const tiff = buildTiff({ ifd0: [ascii(0x0110, 'prompt:{}'), ascii(0x0131, 'NovelAI')] });
  const file = buildPng({ before: [pngChunk('eXIf', tiff)] });
  expect(readMetadataSync(file).embedded).toEqual([
    { location: 'png:exif:Model', key: 'Model', text: 'prompt:{}' },
    { location: 'png:exif:Software', key: 'Software', text: 'NovelAI' },
  ]);
});

function readCounting(file: Uint8Array) {
  const ranges: number[] = [];
  const source = memorySource(file);
  const counting = {
    size: source.size,
    read(position: number, length: number) {
      ranges.push(length);
      return source.read(position, length);
    },
  };
  return { metadata: readMetadataSync(counting, { stealth: 'never' }), ranges };
}

test('a damaged header is warned of only where there are texts', () => {
  const damaged = (...before: Uint8Array[]) => {
    const file = buildPng({ before });
    // The first byte of the header's checksum.
    file[29] = (file[29] ?? 0) ^ 1;
    return readMetadataSync(file);
  };
  expect(damaged()).toMatchObject({ container: 'png', embedded: [], warnings: [] });
  expect(damaged(textChunk('parameters', 'a fox')).warnings).toMatchObject([{ code: 'malformed' }]);
});
