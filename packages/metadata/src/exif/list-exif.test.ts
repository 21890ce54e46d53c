import { describe, expect, test } from 'vitest';

import { readMetadataSync } from '../index.ts';
import { bytes, uint32 } from '../../test/helpers/bytes.ts';
import { buildJpeg, exifSegment } from '../../test/helpers/build-jpeg.ts';
import { buildTiff } from '../../test/helpers/build-tiff.ts';
import { listExif } from './list-exif.ts';

const ascii = (text: string) => bytes(`${text}\0`);

describe.each(['big', 'little'] as const)('in a block of %s endian numbers', (order) => {
  const pair = (numerator: number, denominator: number) =>
    bytes(uint32(numerator, order), uint32(denominator, order));
  const block = buildTiff({
    order,
    ifd0: [
      { tag: 0x010f, type: 2, value: ascii('Maker') },
      { tag: 0x0112, type: 3, value: 6 },
      { tag: 0x011a, type: 5, value: pair(144, 2) },
      { tag: 0xc4a5, type: 2, value: ascii('unnamed') },
    ],
    exif: [
      { tag: 0x829a, type: 5, value: pair(1, 60) },
      { tag: 0x829d, type: 5, value: pair(28, 10) },
      { tag: 0x9000, type: 7, value: bytes('0232') },
      { tag: 0x9286, type: 7, value: bytes('ASCII\0\0\0', 'a note') },
      { tag: 0xa302, type: 7, value: bytes(2, 0, 2, 0, 0, 1, 1, 2) },
      { tag: 0xa405, type: 3, value: 35 },
    ],
    ifd1: [{ tag: 0x0112, type: 3, value: 1 }],
  });

  test('every value of IFD0 and ExifIFD is readable, under its name or else its number', () => {
    expect(Object.fromEntries(listExif(block).map(({ name, text }) => [name, text]))).toEqual({
      Make: 'Maker',
      Orientation: '6',
      XResolution: '72',
      '50341': 'unnamed',
      ExposureTime: '1/60',
      FNumber: '2.8',
      ExifVersion: '0232',
      UserComment: 'a note',
      CFAPattern: '8 bytes',
      FocalLengthIn35mmFilm: '35',
    });
  });

  test('a block that is cut anywhere gives what is left of it', () => {
    const whole = new Map(listExif(block).map((value) => [value.name, value.text]));
    const counts: number[] = [];
    for (let length = 0; length < block.length; length += 1) {
      const left = listExif(block.subarray(0, length));
      for (const { name, text } of left) expect(whole.get(name)).toBe(text);
      counts.push(left.length);
    }
    // The more of the block, the more values; all that the last byte is not part of.
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect([counts[0], counts.at(-1)]).toEqual([0, whole.size]);
  });

  test('readMetadata gives them when asked, and only then', () => {
    const jpeg = buildJpeg([exifSegment(block)]);
    expect(readMetadataSync(jpeg).exif).toBeUndefined();
    expect(readMetadataSync(jpeg, { exif: true }).exif).toContainEqual({
      tag: 0x0112,
      name: 'Orientation',
      text: '6',
    });
    // A TIFF file is read value by value.
    const ofTiff = readMetadataSync(block, { exif: true }).exif ?? [];
    expect(ofTiff.map(({ name }) => name).sort()).toEqual(
      listExif(block)
        .map(({ name }) => name)
        .sort(),
    );
  });
});

test('of a long table the first numbers are written out', () => {
  const block = buildTiff({ ifd0: [{ tag: 0x012d, type: 1, value: new Uint8Array(40).fill(7) }] });
  const [table] = listExif(block);
  expect(table?.text).toBe(`${Array.from({ length: 32 }, () => '7').join(', ')}, ... (40 numbers)`);
});
