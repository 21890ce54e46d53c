import exifr from 'exifr';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { buildJpeg, exifSegment, jpegSegment } from '../../test/helpers/build-jpeg.ts';
import { buildPng, internationalTextChunk, textChunk } from '../../test/helpers/build-png.ts';
import { bytes } from '../../test/helpers/bytes.ts';
import { ascii, buildTiff, userComment } from '../../test/helpers/build-tiff.ts';
import { buildWebp, exifChunk, losslessPixel, riffChunk, riffFile } from '../../test/helpers/build-webp.ts';
import { readMetadataSync } from '../read-metadata.ts';
import { stripMetadata, writeMetadata } from './write-metadata.ts';

const infotext = 'a cat 猫 😀\nNegative prompt: bad\nSteps: 9, Seed: 5, Version: v1.9.0';
const old = 'a dog\nSteps: 1, Seed: 2, Version: v1.0.0';
const oldTiff = buildTiff({
  order: 'little',
  ifd0: [ascii(0x010f, 'Canon'), { tag: 0x0112, type: 3, value: 6 }],
  exif: [
    userComment(old, 'utf16-little'),
    { tag: 0x927c, type: 7, value: Buffer.from('\u0001\u0002maker note') },
  ],
});

const picture = sharp({ create: { width: 20, height: 10, channels: 3, background: '#c03050' } });
const real = {
  png: await picture.clone().png().toBuffer(),
  jpeg: await picture.clone().jpeg().toBuffer(),
  'progressive jpeg': await picture.clone().jpeg({ progressive: true }).toBuffer(),
  'lossy webp': await picture.clone().webp().toBuffer(),
  'lossless webp': await picture.clone().webp({ lossless: true }).toBuffer(),
  'webp with alpha': await picture.clone().ensureAlpha(0.5).webp().toBuffer(),
};

test.each(Object.entries(real))(
  '%s: the infotext is read back and the pixels are the same',
  async (_, bytes) => {
    const written = writeMetadata(bytes, infotext);
    expect(readMetadataSync(written)).toMatchObject({
      width: 20,
      height: 10,
      generator: 'automatic1111',
      generation: { prompt: 'a cat 猫 😀', negativePrompt: 'bad', steps: 9, seed: '5' },
      warnings: [],
    });
    expect(await sharp(written).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
    const again = writeMetadata(written, old);
    expect(readMetadataSync(again).embedded.map(({ text }) => text)).toEqual([old]);
    const stripped = stripMetadata(again);
    expect(readMetadataSync(stripped).embedded).toEqual([]);
    expect(await sharp(stripped).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
  },
);

test('a PNG keeps its other texts when written, and loses them all when stripped', () => {
  const workflow = textChunk('workflow', '{"nodes":[]}');
  const file = buildPng({
    before: [textChunk('parameters', old), workflow],
    after: [internationalTextChunk('parameters', old)],
  });
  expect(readMetadataSync(writeMetadata(file, infotext)).embedded).toEqual([
    { location: 'png:iTXt', key: 'parameters', text: infotext },
    { location: 'png:tEXt', key: 'workflow', text: '{"nodes":[]}' },
  ]);
  expect(stripMetadata(file)).toEqual(buildPng());
});

test('texts behind the end of a PNG are replaced and kept as those before it, and stripped too', () => {
  const appended = [textChunk('parameters', old), textChunk('workflow', '{"nodes":[]}')];
  const file = bytes(buildPng(), ...appended, 'trailing phone data');
  const written = writeMetadata(file, infotext);
  expect(readMetadataSync(written).embedded.map(({ key, text }) => [key, text])).toEqual([
    ['parameters', infotext],
    ['workflow', '{"nodes":[]}'],
  ]);
  expect(Buffer.from(written).toString('latin1').endsWith('trailing phone data')).toBe(true);
  expect(stripMetadata(file)).toEqual(buildPng());
});

test.each([
  ['jpeg', buildJpeg([exifSegment(oldTiff)])],
  ['webp', buildWebp([exifChunk(oldTiff)])],
])('%s: the rest of an EXIF block is kept, as exifr sees it too', async (_, file) => {
  const written = writeMetadata(file, infotext);
  expect(readMetadataSync(written).embedded.map(({ key, text }) => [key, text])).toEqual([
    ['Make', 'Canon'],
    ['UserComment', infotext],
  ]);
  const exif = readExifBlock(written);
  const seen = await exifr.parse(exif, {
    tiff: true,
    exif: true,
    userComment: true,
    makerNote: true,
    translateValues: false,
  });
  expect(seen).toMatchObject({ Make: 'Canon', Orientation: 6 });
  expect(Buffer.from(seen.makerNote ?? seen.MakerNote).toString('latin1')).toBe('\u0001\u0002maker note');
  expect(Buffer.from(seen.userComment ?? seen.UserComment).subarray(0, 10)).toEqual(
    Buffer.from('UNICODE\0\0a', 'latin1'),
  );
});

test('stripping keeps how the picture is to be turned, and nothing else of the EXIF block', async () => {
  for (const file of [buildJpeg([exifSegment(oldTiff)]), buildWebp([exifChunk(oldTiff)])]) {
    const stripped = stripMetadata(file);
    expect(readMetadataSync(stripped).embedded).toEqual([]);
    expect((await sharp(stripped).metadata()).orientation).toBe(6);
    expect(Buffer.from(stripped).includes('Canon')).toBe(false);
  }
});

test('stripping a JPEG drops comments, application data and what follows the picture', () => {
  const icc = jpegSegment(0xe2, 'ICC_PROFILE\0', 1, 1, 'profile');
  const file = buildJpeg(
    [
      icc,
      jpegSegment(0xfe, 'comment'),
      jpegSegment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', '<x/>'),
      jpegSegment(0xed, 'Photoshop 3.0\0'),
      jpegSegment(0xeb, 'JP'),
    ],
    { after: Buffer.from('trailing phone data') },
  );
  expect(stripMetadata(file)).toEqual(buildJpeg([icc]));
});

test('stripping a WebP drops XMP and C2PA, and their flags', () => {
  const file = buildWebp(
    [riffChunk('XMP ', Buffer.from('<x/>')), riffChunk('C2PA', Buffer.from('jumb'))],
    0x0c,
  );
  expect(stripMetadata(file)).toEqual(buildWebp([], 0));
});

test('a simple lossless WebP becomes an extended one with its alpha flag', () => {
  const written = writeMetadata(riffFile('WEBP', riffChunk('VP8L', losslessPixel)), infotext);
  expect(written.slice(12, 21)).toEqual(new Uint8Array(Buffer.from('VP8X\x0a\0\0\0\x18', 'latin1')));
  expect(readMetadataSync(written)).toMatchObject({ width: 1, height: 1, generation: { seed: '5' } });
});

test('fields are written as an infotext that gives them back', () => {
  const fields = {
    prompt: 'a cat',
    seed: '18446744073709551615',
    steps: 3,
    loras: [{ name: 'soft', weight: 0.5 }],
  };
  expect(readMetadataSync(writeMetadata(buildPng(), fields)).generation).toEqual(fields);
});

test('what cannot be written is an error with its code', () => {
  expect(() => writeMetadata(Buffer.from('GIF89a..'), infotext)).toThrow(
    expect.objectContaining({ name: 'MetadataError', code: 'unsupported-container' }),
  );
  expect(() => writeMetadata(buildPng().subarray(0, 60), infotext)).toThrow(
    expect.objectContaining({ code: 'invalid-file' }),
  );
  expect(() => writeMetadata(buildJpeg(), 'x'.repeat(40_000))).toThrow(
    expect.objectContaining({ code: 'too-large' }),
  );
});

function readExifBlock(file: Uint8Array): Uint8Array {
  const buffer = Buffer.from(file);
  const isJpeg = buffer[0] === 0xff;
  const at = isJpeg ? buffer.indexOf('Exif\0\0') + 6 : buffer.indexOf('EXIF') + 8;
  return new Uint8Array(buffer.subarray(at));
}
