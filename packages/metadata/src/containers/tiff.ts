import { ByteBudget } from '../bytes/byte-budget.ts';
import type { ByteReader } from '../bytes/byte-reader.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { collectExif } from '../exif/collect-exif.ts';
import { exifTags } from '../exif/exif-tags.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';

const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const exifPointer = 0x8769;
const gpsPointer = 0x8825;
const maximumListedBytes = 4096;
const imageWidth = 0x0100;
const imageLength = 0x0101;

interface Value {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

interface Gathering {
  readonly values: Value[];
  readonly budget: ByteBudget;
}

/**
 * TIFF files: the same directories as EXIF, spread over a file that may be large. The values that
 * matter are gathered one by one into a small block, which is then read as EXIF is.
 */
export const tiff: ContainerReader = {
  recognize(head) {
    const mark = String.fromCharCode(...head.subarray(0, 4));
    return mark === 'II*\0' || mark === 'MM\0*' ? 'tiff' : undefined;
  },
  *read(file, found) {
    const header = yield* file.read(0, 8);
    if (header.length < 8) {
      found.warn('truncated', 'The TIFF file ends inside its header.');
      return;
    }
    const little = header[0] === 0x49;
    const first = view(header).getUint32(4, little);
    const gathering: Gathering = { values: [], budget: new ByteBudget(limits.totalBytes) };
    const visited = new Set<number>();
    const pending = [first];
    for (let offset = pending.pop(); offset !== undefined; offset = pending.pop()) {
      if (visited.has(offset) || visited.size >= limits.tiffDirectories) continue;
      visited.add(offset);
      pending.push(...(yield* directory(file, offset, little, gathering, found)));
    }
    if (gathering.values.length > 0) collectExif(gathered(gathering.values, little), found);
  },
};

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Adds the values of a directory; returns where the directories lie that it points to. */
function* directory(
  file: ByteReader,
  offset: number,
  little: boolean,
  gathering: Gathering,
  found: Findings,
): Reading<number[]> {
  const start = yield* file.read(offset, 2);
  if (start.length < 2) {
    found.warn('truncated', 'The TIFF file ends before its directory.');
    return [];
  }
  const count = Math.min(view(start).getUint16(0, little), limits.tiffEntries);
  const entries = yield* file.read(offset + 2, count * 12);
  const pointers: number[] = [];
  const size = { width: 0, height: 0 };
  for (let at = 0; at + 12 <= entries.length; at += 12) {
    const entry = entries.subarray(at, at + 12);
    const tag = view(entry).getUint16(0, little);
    if (tag === exifPointer) pointers.push(view(entry).getUint32(8, little));
    if (tag === imageWidth) size.width = integer(entry, little);
    if (tag === imageLength) size.height = integer(entry, little);
    if (exifTags.has(tag) || isListed(tag, entry, little, found)) {
      yield* value(file, entry, tag, little, gathering, found);
    }
  }
  found.size(size.width, size.height);
  return pointers;
}

/** Whether a value is wanted for the list of all; those of the pixels, such as where the strips lie, are long. */
function isListed(tag: number, entry: Uint8Array, little: boolean, found: Findings): boolean {
  if (found.exif === undefined || tag === exifPointer || tag === gpsPointer) return false;
  const size = typeSizes[view(entry).getUint16(2, little)] ?? 0;
  return view(entry).getUint32(4, little) * size <= maximumListedBytes;
}

function integer(entry: Uint8Array, little: boolean): number {
  return view(entry).getUint16(2, little) === 3
    ? view(entry).getUint16(8, little)
    : view(entry).getUint32(8, little);
}

function* value(
  file: ByteReader,
  entry: Uint8Array,
  tag: number,
  little: boolean,
  gathering: Gathering,
  found: Findings,
): Reading<void> {
  const type = view(entry).getUint16(2, little);
  const count = view(entry).getUint32(4, little);
  const length = count * (typeSizes[type] ?? 0);
  if (length === 0) return;
  if (length > limits.valueBytes) {
    found.warn('limit-exceeded', `A TIFF value is longer than ${limits.valueBytes} bytes.`);
    return;
  }
  // The values may lie over each other, and are gathered into one block before they are read.
  if (!gathering.budget.spend(length)) {
    found.warn('limit-exceeded', `The TIFF values have more than ${limits.totalBytes} bytes.`);
    return;
  }
  const bytes =
    length <= 4 ? entry.subarray(8, 8 + length) : yield* file.read(view(entry).getUint32(8, little), length);
  gathering.values.push({ tag, type, count, bytes });
}

/** One directory with these values behind it. */
function gathered(values: readonly Value[], little: boolean): Uint8Array {
  const directorySize = 2 + values.length * 12 + 4;
  const total = values.reduce((sum, { bytes }) => sum + Math.max(4, bytes.length), 8 + directorySize);
  const block = new Uint8Array(total);
  const target = view(block);
  block.fill(little ? 0x49 : 0x4d, 0, 2);
  target.setUint16(2, 42, little);
  target.setUint32(4, 8, little);
  target.setUint16(8, values.length, little);
  let heap = 8 + directorySize;
  values.forEach(({ tag, type, count, bytes }, index) => {
    const at = 10 + index * 12;
    target.setUint16(at, tag, little);
    target.setUint16(at + 2, type, little);
    target.setUint32(at + 4, count, little);
    const isInline = bytes.length <= 4;
    if (!isInline) target.setUint32(at + 8, heap, little);
    block.set(bytes, isInline ? at + 8 : heap);
    heap += isInline ? 0 : bytes.length;
  });
  return block;
}
