import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { asciiAt } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';
import { collectPngChunk, isPngMetadata } from './png-chunk.ts';
import { extractPngChunks } from './png-extract.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Pixel chunks of uneven lengths are walked one by one after this many searches in vain. */
const maximumSearches = 3;

/** PNG and APNG: every chunk but pixels, before and after them, and texts behind the end. */
export const png: ContainerReader = {
  recognize: (head) => (signature.every((byte, at) => head[at] === byte) ? 'png' : undefined),
  *read(file, found) {
    const header = yield* file.read(0, 33);
    if (header.length < 33 || asciiAt(header, 12, 4) !== 'IHDR') {
      found.warn('truncated', 'The PNG ends inside its header.');
      return;
    }
    found.size(uint32Big(header, 16), uint32Big(header, 20));
    const pieces = [header];
    yield* gather(file, pieces, found);
    for (const chunk of extractPngChunks(pieces, found)) collectPngChunk(chunk, found);
  },
};

/** Adds the metadata chunks to `pieces` as they lie in the file; skips the others unread. */
function* gather(file: ByteReader, pieces: Uint8Array[], found: Findings): Reading<void> {
  let at = 33;
  let isOver = false;
  let searches = maximumSearches;
  const room = { left: limits.valueBytes };
  for (let count = 0; count < limits.blocks; count += 1) {
    if (isOver && at >= file.size) return;
    const header = file.held(at, 8) ?? (yield* file.read(at, 8));
    const length = uint32Big(header, 0);
    const type = asciiAt(header, 4, 4);
    const isChunk = header.length === 8 && /^[A-Za-z]{4}$/.test(type);
    if (!isChunk || (isOver && !isPngMetadata(type))) {
      if (!isOver) warnOfEnd(header, found);
      return;
    }
    // Some writers append their texts, and what reads to the end of the file finds them.
    if (type === 'IEND') isOver = true;
    if (isPngMetadata(type)) yield* keep(file, at, 12 + length, type, pieces, room, found);
    at += 12 + length;
    if (type !== 'IDAT' || searches === 0 || length === 0) continue;
    const end = yield* lastRegularPixels(file, at, length);
    if (end === at) searches -= 1;
    at = end;
  }
  found.warn('limit-exceeded', `The PNG has more than ${limits.blocks} chunks.`);
}

function warnOfEnd(header: Uint8Array, found: Findings): void {
  if (header.length < 8) found.warn('truncated', 'The PNG has no end.');
  else found.warn('malformed', 'A PNG chunk does not follow the one before it.');
}

/** Keeps a whole chunk, unless it is too long or the file ends inside it. */
function* keep(
  file: ByteReader,
  at: number,
  length: number,
  type: string,
  pieces: Uint8Array[],
  room: { left: number },
  found: Findings,
): Reading<void> {
  room.left -= length;
  if (room.left < 0) {
    found.warn('limit-exceeded', `A PNG holds more than ${limits.valueBytes} bytes of text.`);
    return;
  }
  const chunk = file.held(at, length) ?? (yield* file.read(at, length));
  if (chunk.length === length) pieces.push(chunk);
  else found.warn('truncated', `The PNG ends inside a chunk of type ${type}.`);
}

/**
 * Where the pixel chunks of one `length` that go on at `start` end. Encoders write pixels in
 * chunks of one length, thousands of them in a large picture; where they lie is then arithmetic,
 * and a few probes find the last one instead of a read for each.
 */
function* lastRegularPixels(file: ByteReader, start: number, length: number): Reading<number> {
  const stride = 12 + length;
  const next = yield* file.read(start, 8);
  // Another length, or no pixels: nothing tells where the last chunk lies.
  if (asciiAt(next, 4, 4) !== 'IDAT' || uint32Big(next, 0) !== length) return start;
  let known = 0;
  let beyond = Math.floor((file.size - start) / stride) + 1;
  // Little follows the pixels as a rule, so the search begins at the end.
  let step = 1;
  while (beyond - known > 1) {
    const probe = Math.max(Math.floor((known + beyond) / 2), beyond - step);
    const header = yield* file.read(start + probe * stride, 8);
    if (asciiAt(header, 4, 4) !== 'IDAT') {
      beyond = probe;
      step *= 2;
    } else if (uint32Big(header, 0) === length) known = probe;
    else return start + probe * stride;
  }
  return start + (known + 1) * stride;
}
