import { gzipSync } from 'node:zlib';
import { bytes, uint32, utf8 } from './bytes.ts';

export type StealthKind = 'pnginfo' | 'pngcomp' | 'rgbinfo' | 'rgbcomp';

/**
 * RGBA pixels with a text in their lowest bits, column by column: of alpha (`png...`), or of red,
 * green and blue in turn (`rgb...`); `trailing` bytes follow, as the error correction of NovelAI.
 */
export function hideText(
  text: string,
  kind: StealthKind,
  size: { width: number; height: number },
  trailing = 0,
): Uint8Array {
  return hideBytes(kind.endsWith('comp') ? gzipSync(utf8(text)) : utf8(text), kind, size, trailing);
}

/** The same for bytes as they are: those of a `...comp` are to be gzip. */
export function hideBytes(
  payload: Uint8Array,
  kind: StealthKind,
  size: { width: number; height: number },
  trailing = 0,
): Uint8Array {
  const { width, height } = size;
  const hidden = bytes(
    `stealth_${kind}`,
    uint32(payload.length * 8),
    payload,
    new Uint8Array(trailing).fill(0xa5),
  );
  const rgba = new Uint8Array(width * height * 4).map((_, at) => (at % 4 === 3 ? 254 : at * 37) & 0xfe);
  const channels = kind.startsWith('png') ? [3] : [0, 1, 2];
  for (let bit = 0; bit < hidden.length * 8; bit += 1) {
    const pixel = Math.floor(bit / channels.length);
    const at =
      ((pixel % height) * width + Math.floor(pixel / height)) * 4 + (channels[bit % channels.length] ?? 0);
    const value = ((hidden[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
    if (at >= rgba.length) throw new RangeError('The text does not fit into the picture.');
    rgba[at] = (rgba[at] ?? 0) | value;
  }
  return rgba;
}
