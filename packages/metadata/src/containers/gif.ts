import type { ByteReader } from '../bytes/byte-reader.ts';
import { joinBytes } from '../bytes/inflate-bounded.ts';
import { uint16Little } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { asciiAt, decodeText, trimNul } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';

const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;
const comment = 0xfe;

/**
 * GIF: comment extensions. Frames can only be passed over by reading them, so of a long animation
 * the beginning is walked, where Pillow writes the comment, and then the end is searched.
 */
export const gif: ContainerReader = {
  recognize: (head) => (/^GIF8[79]a$/.test(asciiAt(head, 0, 6)) ? 'gif' : undefined),
  *read(file, found) {
    const screen = yield* file.read(0, 13);
    found.size(uint16Little(screen, 6), uint16Little(screen, 8));
    const end = yield* walk(file, 13 + colourTable(screen[10] ?? 0), found);
    if (end < file.size) yield* searchEnd(file, end, found);
  },
};

/** Bytes of the colour table that these flags announce. */
function colourTable(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Walks the blocks as far as the limit; returns where it stopped, the size of the file at the end. */
function* walk(file: ByteReader, start: number, found: Findings): Reading<number> {
  let at = start;
  while (at < Math.min(file.size, limits.gifWalkBytes)) {
    const [kind = trailer, label = 0] = yield* file.read(at, 2);
    if (kind === trailer) return file.size;
    if (kind === extension) {
      const { parts, end } = yield* subBlocks(file, at + 2, label === comment);
      if (label === comment) add(joinBytes(parts), found);
      at = end;
    } else if (kind === image) {
      const descriptor = yield* file.read(at, 10);
      at = (yield* subBlocks(file, at + 11 + colourTable(descriptor[9] ?? 0), false)).end;
    } else {
      found.warn('malformed', 'A GIF block does not follow the one before it.');
      return file.size;
    }
  }
  if (at >= file.size) found.warn('truncated', 'The GIF has no end.');
  return at;
}

/** Blocks of up to 255 bytes, each with its length, up to one of length 0. */
function* subBlocks(
  file: ByteReader,
  start: number,
  keep: boolean,
): Reading<{ parts: Uint8Array[]; end: number }> {
  const parts: Uint8Array[] = [];
  let at = start;
  const limit = Math.min(file.size, start + limits.valueBytes);
  while (at < limit) {
    const [length = 0] = yield* file.read(at, 1);
    if (length === 0) return { parts, end: at + 1 };
    if (keep) parts.push(yield* file.read(at + 1, length));
    at += 1 + length;
  }
  return { parts, end: at };
}

/** Comments at the end: a comment is one when its blocks lead on to the end of the file. */
function* searchEnd(file: ByteReader, walked: number, found: Findings): Reading<void> {
  const start = Math.max(walked, file.size - limits.gifTailBytes);
  const tail = yield* file.read(start, file.size - start);
  let tries = 0;
  for (let at = tail.indexOf(extension); at >= 0; at = tail.indexOf(extension, at + 1)) {
    if (tail[at + 1] !== comment) continue;
    tries += 1;
    if (tries > limits.gifTailTries) return;
    const comments = commentsTo(tail, at);
    if (comments === undefined) continue;
    for (const text of comments) add(text, found);
    return;
  }
}

/** The comments in a row of comments that ends with the trailer of the file. */
function commentsTo(bytes: Uint8Array, start: number): Uint8Array[] | undefined {
  const comments: Uint8Array[] = [];
  let at = start;
  while (bytes[at] === extension && bytes[at + 1] === comment) {
    const parts: Uint8Array[] = [];
    at += 2;
    for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) {
      parts.push(bytes.subarray(at + 1, at + 1 + length));
      at += 1 + length;
    }
    at += 1;
    comments.push(joinBytes(parts));
  }
  return comments.length > 0 && bytes[at] === trailer ? comments : undefined;
}

function add(bytes: Uint8Array, found: Findings): void {
  const text = trimNul(decodeText(bytes));
  if (text !== '') found.add('comment', '', text);
}
