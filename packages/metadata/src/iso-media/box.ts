import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Big, uint64Big } from '../bytes/integers.ts';
import type { Reading } from '../bytes/reading.ts';
import { asciiAt } from '../text/decode-text.ts';

/** A box of the ISO base media format (MP4, MOV, HEIF, AVIF, JXL): where its content lies. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** The box at a place of a file; undefined where there is none before `limit`. */
export function* readBox(file: ByteReader, at: number, limit: number): Reading<Box | undefined> {
  if (at + 8 > limit) return undefined;
  return boxOf(yield* file.read(at, 16), at, limit);
}

/** The boxes in a row of bytes that are at hand; positions are within these bytes. */
export function boxesIn(bytes: Uint8Array, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  let at = start;
  while (at + 8 <= end) {
    const box = boxOf(bytes.subarray(at, at + 16), at, end);
    if (box === undefined) break;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

/** Length 0 runs to the end, length 1 has its 64 bits behind the type. */
function boxOf(header: Uint8Array, at: number, limit: number): Box | undefined {
  if (header.length < 8) return undefined;
  const short = uint32Big(header, 0);
  const type = asciiAt(header, 4, 4);
  const isLong = short === 1;
  if (isLong && header.length < 16) return undefined;
  const length = short === 0 ? limit - at : isLong ? uint64Big(header, 8) : short;
  const start = at + (isLong ? 16 : 8);
  const end = at + length;
  return end < start ? undefined : { type, start, end };
}
