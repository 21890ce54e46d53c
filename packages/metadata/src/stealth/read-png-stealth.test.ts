import sharp from 'sharp';
import { expect, test } from 'vitest';
import { buildPng, textChunk } from '../../test/helpers/build-png.ts';
import { hideText, type StealthKind } from '../../test/helpers/build-stealth.ts';
import { memorySource } from '../bytes/byte-source.ts';
import { readMetadataSync } from '../read-metadata.ts';

const infotext = 'a cat 猫\nSteps: 9, Seed: 5, Size: 8x8, Version: v1.9.0';
const size = { width: 60, height: 50 };

test.each([
  ['pnginfo', 6],
  ['pngcomp', 6],
  ['rgbinfo', 6],
  ['rgbcomp', 6],
  ['rgbinfo', 2],
  ['rgbcomp', 2],
] as const)('stealth_%s in a picture of colour type %i', (kind, colourType) => {
  const file = buildPng({ ...size, colourType, rgba: hideText(infotext, kind, size, 40) });
  const channel = kind.startsWith('png') ? 'alpha' : 'rgb';
  expect(readMetadataSync(file)).toMatchObject({
    embedded: [{ location: `png:stealth-${channel}`, key: `stealth_${kind}`, text: infotext }],
    generator: 'automatic1111',
    generation: { prompt: 'a cat 猫', seed: '5' },
    warnings: [],
  });
});

test.each([0, 1, 2, 3, 4, 5, 6, 9])(
  'pixels that sharp compresses with effort and filter %i',
  async (compressionLevel) => {
    const tall = { width: 24, height: 700 };
    const file = await sharp(hideText(infotext, 'pngcomp', tall), { raw: { ...tall, channels: 4 } })
      .png({ compressionLevel, adaptiveFiltering: true })
      .toBuffer();
    expect(readMetadataSync(file).generation).toMatchObject({ prompt: 'a cat 猫' });
  },
);

test('auto looks only where nothing else is found, always looks everywhere, never nowhere', () => {
  const rgba = hideText(infotext, 'pnginfo', size);
  const other = 'a dog\nSteps: 3, Seed: 6, Version: v1.0.0';
  const file = buildPng({ ...size, rgba, before: [textChunk('parameters', other)] });
  expect(readMetadataSync(file).embedded).toHaveLength(1);
  expect(readMetadataSync(file, { stealth: 'always' })).toMatchObject({
    generation: { prompt: 'a dog' },
    alternatives: [{ generation: { prompt: 'a cat 猫' } }],
  });
  expect(readMetadataSync(buildPng({ ...size, rgba }), { stealth: 'never' }).generation).toBeUndefined();
});

test('of a picture without the mark only the first rows are read', () => {
  const large = { width: 300, height: 3000 };
  let noise = 1;
  const rgba = new Uint8Array(large.width * large.height * 4).map(() => {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
    return noise >>> 24;
  });
  const file = buildPng({ ...large, rgba });
  let read = 0;
  const source = memorySource(file);
  const metadata = readMetadataSync({
    size: source.size,
    read(position, length) {
      read += length;
      return source.read(position, length);
    },
  });
  expect(metadata.embedded).toEqual([]);
  expect(read).toBeLessThan(file.length / 5);
});

test('a length beyond the picture and a damaged payload are warnings', () => {
  const tooLong = hideText(infotext, 'pnginfo', size);
  for (let bit = 0; bit < 8; bit += 1) setBit(tooLong, 15 * 8 + bit);
  const damaged = hideText(infotext, 'pngcomp', size);
  for (let bit = 0; bit < 64; bit += 1) setBit(damaged, 19 * 8 + bit);
  for (const rgba of [tooLong, damaged]) {
    expect(readMetadataSync(buildPng({ ...size, rgba }))).toMatchObject({
      generation: undefined,
      warnings: [{ code: 'malformed', message: 'A hidden text is damaged.' }],
    });
  }
});

function setBit(rgba: Uint8Array, bit: number): void {
  const at = ((bit % size.height) * size.width + Math.floor(bit / size.height)) * 4 + 3;
  rgba[at] = (rgba[at] ?? 0) | 1;
}

test('every kind is told by its mark alone', () => {
  for (const kind of ['pnginfo', 'pngcomp', 'rgbinfo', 'rgbcomp'] satisfies StealthKind[]) {
    const file = buildPng({ ...size, rgba: hideText('no infotext', kind, size) });
    expect(readMetadataSync(file).embedded).toMatchObject([{ key: `stealth_${kind}`, text: 'no infotext' }]);
  }
});
