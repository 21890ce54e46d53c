import type { ByteReader } from '../bytes/byte-reader.ts';
import { joinBytes } from '../bytes/inflate-bounded.ts';
import { uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { collectExif } from '../exif/collect-exif.ts';
import { readBox } from '../iso-media/box.ts';
import { type HeifItem, readHeifMeta } from '../iso-media/heif-meta.ts';
import { collectUuidBox } from '../iso-media/uuid-box.ts';
import { asciiAt } from '../text/decode-text.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';

const avifBrands = new Set(['avif', 'avis', 'avio']);
const heifBrands = new Set(['mif1', 'msf1', 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif2', 'miaf']);

/** AVIF and HEIF: the Exif and XMP items of the `meta` box, and C2PA in a `uuid` box. */
export const heif: ContainerReader = {
  recognize(head) {
    if (asciiAt(head, 4, 4) !== 'ftyp') return undefined;
    const brands = brandsOf(head);
    if (brands.some((brand) => avifBrands.has(brand))) return 'avif';
    return heifBrands.has(brands[0] ?? '') ? 'heif' : undefined;
  },
  *read(file, found) {
    let at = 0;
    for (let count = 0; count < limits.blocks && at < file.size; count += 1) {
      const box = yield* readBox(file, at, file.size);
      if (box === undefined) break;
      if (box.type === 'meta') yield* collectMeta(file, box.start, box.end, found);
      if (box.type === 'uuid') yield* collectUuidBox(file, box, found);
      at = box.end;
    }
    if (at > file.size) found.warn('truncated', 'The file ends inside a box.');
  },
};

/** The major brand, then the compatible ones as far as they are at hand. */
function brandsOf(head: Uint8Array): string[] {
  const end = Math.min(uint32Big(head, 0), head.length);
  const brands = [asciiAt(head, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(asciiAt(head, at, 4));
  return brands;
}

function* collectMeta(file: ByteReader, start: number, end: number, found: Findings): Reading<void> {
  if (end - start > limits.valueBytes) {
    found.warn('limit-exceeded', `A meta box is longer than ${limits.valueBytes} bytes.`);
    return;
  }
  const meta = readHeifMeta(yield* file.read(start, end - start));
  if (meta.width !== undefined && meta.height !== undefined) found.size(meta.width, meta.height);
  for (const item of meta.items) {
    const bytes = yield* itemBytes(file, item, meta.idat, found);
    // The Exif item begins with the offset of the TIFF header behind it.
    if (item.type === 'Exif') collectExif(bytes.subarray(4 + uint32Big(bytes, 0)), found);
    else if (item.type === 'mime' && /rdf\+xml/.test(item.contentType)) collectXmp(bytes, found);
  }
}

function* itemBytes(
  file: ByteReader,
  item: HeifItem,
  idat: Uint8Array,
  found: Findings,
): Reading<Uint8Array> {
  const total = item.extents.reduce((sum, { length }) => sum + length, 0);
  if (total > limits.valueBytes) {
    found.warn('limit-exceeded', `An item is longer than ${limits.valueBytes} bytes.`);
    return new Uint8Array(0);
  }
  const parts: Uint8Array[] = [];
  for (const { offset, length } of item.extents) {
    parts.push(item.inIdat ? idat.subarray(offset, offset + length) : yield* file.read(offset, length));
  }
  return joinBytes(parts);
}
