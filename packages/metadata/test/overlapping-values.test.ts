import { expect, test } from 'vitest';
import { limits } from '../src/bytes/limits.ts';
import { readMetadataSync } from '../src/index.ts';
import { buildPng, pngChunk } from './helpers/build-png.ts';
import { buildWebp, exifChunk } from './helpers/build-webp.ts';
import { bytes, uint16, uint32 } from './helpers/bytes.ts';

const count = 500;
const length = 1024 * 1024;
const start = 10 + count * 12 + 4;
/** Many descriptions that lie over each other in one place. */
const overlapping = bytes(
  'MM',
  uint16(42),
  uint32(8),
  uint16(count),
  ...Array.from({ length: count }, () => bytes(uint16(0x010e), uint16(2), uint32(length), uint32(start))),
  uint32(0),
  Buffer.alloc(length, 'a'),
);

test.each([
  ['an EXIF chunk of WebP', buildWebp([exifChunk(overlapping)]), 'The EXIF values of the file have'],
  [
    'EXIF chunks of PNG',
    buildPng({ before: [pngChunk('eXIf', overlapping), pngChunk('eXIf', overlapping)] }),
    'The EXIF values of the file have',
  ],
  ['a TIFF', overlapping, 'The TIFF values have'],
])('values of %s that lie over each other are read up to what one file may have', (_, file, message) => {
  const { embedded, warnings } = readMetadataSync(file, { stealth: 'never' });
  expect(embedded).toHaveLength(limits.totalBytes / length);
  expect(warnings).toEqual([
    { code: 'limit-exceeded', message: `${message} more than ${limits.totalBytes} bytes.` },
  ]);
});

test('so are those of a list of all values', () => {
  const distinct = bytes(
    'MM',
    uint16(42),
    uint32(8),
    uint16(count),
    ...Array.from({ length: count }, (_, index) =>
      bytes(uint16(0xa500 + index), uint16(2), uint32(length), uint32(start)),
    ),
    uint32(0),
    Buffer.alloc(length, 'a'),
  );
  const { exif, warnings } = readMetadataSync(buildWebp([exifChunk(distinct)]), { exif: true });
  expect(exif).toHaveLength(limits.totalBytes / length);
  expect(warnings.map(({ code }) => code)).toEqual(['limit-exceeded']);
});
