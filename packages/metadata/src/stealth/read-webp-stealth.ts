import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Little } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import type { Findings } from '../containers/findings.ts';
import { asciiAt } from '../text/decode-text.ts';
import { addHiddenText } from './add-hidden-text.ts';
import { HiddenBits, type StealthChannel } from './hidden-bits.ts';
import { decodeVp8l } from './vp8l/decode-vp8l.ts';

/** Bytes that are loaded to decode the first rows; more only where they do not suffice. */
const firstBytes = 256 * 1024;
/** Pixels that a byte may stand for: a flat picture, which hides nothing, goes far beyond. */
const pixelsPerByte = 64;
const smallPicture = 64 * 1024;

/**
 * Adds a text that is hidden in the lowest bits of a lossless WebP. The first rows are decoded to
 * look for its mark; only a picture that has it is decoded whole.
 */
export function* readWebpStealth(file: ByteReader, found: Findings): Reading<readonly StealthChannel[]> {
  const chunk = yield* findPicture(file);
  if (chunk === undefined || chunk.length > limits.valueBytes) return [];
  const bits = uint32Little(yield* file.read(chunk.start, 5), 1);
  const width = (bits & 0x3fff) + 1;
  const height = ((bits >>> 14) & 0x3fff) + 1;
  const pixels = width * height;
  if (pixels > limits.webpStealthPixels) return [];
  if (pixels > chunk.length * pixelsPerByte + smallPicture) return [];
  const rows = HiddenBits.rowsOfMagic(height, 'alpha');
  const head = yield* file.read(chunk.start, Math.min(chunk.length, firstBytes));
  let start = decodeVp8l(head, rows);
  if (start === undefined && chunk.length > firstBytes) {
    start = decodeVp8l(yield* file.read(chunk.start, chunk.length), rows);
  }
  if (start === undefined) return [];
  const marked = (['alpha', 'rgb'] as const).filter((channel) =>
    hiddenBits(start, width, height, channel).hasMagic(),
  );
  if (marked.length === 0) return [];
  const whole = decodeVp8l(yield* file.read(chunk.start, chunk.length), height);
  for (const channel of marked) addHiddenText(whole && hiddenBits(whole, width, height, channel), found);
  return marked;
}

/** The lossless picture among the chunks of the file. */
function* findPicture(file: ByteReader): Reading<{ start: number; length: number } | undefined> {
  for (let at = 12, count = 0; at + 8 <= file.size && count < limits.blocks; count += 1) {
    const header = yield* file.read(at, 8);
    const length = uint32Little(header, 4);
    const type = asciiAt(header, 0, 4);
    if (type === 'VP8L') return { start: at + 8, length: Math.min(length, file.size - at - 8) };
    // A lossy picture keeps no lowest bits, and an animation holds its pictures in frames.
    if (type === 'VP8 ' || type === 'ANMF') return undefined;
    at += 8 + length + (length % 2);
  }
  return undefined;
}

function hiddenBits(pixels: Uint32Array, width: number, height: number, channel: StealthChannel): HiddenBits {
  const plane = new HiddenBits(width, height, channel);
  const row = new Uint8Array(width * 4);
  for (let y = 0; y * width < pixels.length; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = pixels[y * width + x] ?? 0;
      row[x * 4] = pixel >>> 16;
      row[x * 4 + 1] = pixel >>> 8;
      row[x * 4 + 2] = pixel;
      row[x * 4 + 3] = pixel >>> 24;
    }
    plane.setRow(y, row, 4);
  }
  return plane;
}
