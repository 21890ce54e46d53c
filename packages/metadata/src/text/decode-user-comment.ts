import { asciiAt, decodeText, decodeUtf16, decodeUtf8, trimNul } from './decode-text.ts';

const labels = ['UNICODE\0', 'ASCII\0\0\0', 'JIS\0\0\0\0\0', '\0\0\0\0\0\0\0\0'];

/**
 * The text of an EXIF UserComment as writers write it, not as the label promises: `UNICODE` is
 * followed by UTF-16 in either order whatever the order of the TIFF block (A1111 big, SwarmUI
 * mostly little, Civitai big in a little-endian block), or by UTF-8 (Exif 3.0); some write no label.
 */
export function decodeUserComment(bytes: Uint8Array): string {
  const label = asciiAt(bytes, 0, Math.min(8, bytes.length)).toUpperCase();
  const body = labels.includes(label) ? bytes.subarray(8) : bytes;
  const order = utf16Order(body, label === labels[0]);
  const text = order === undefined ? decodeText(withoutBom(body)) : decodeUtf16(body, order);
  return trimNul(text).replace(/^\uFEFF/, '');
}

/** Undefined when the bytes are not UTF-16. */
function utf16Order(bytes: Uint8Array, labelled: boolean): 'little' | 'big' | undefined {
  if (bytes.length < 2) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'big';
  const [even, odd] = countZeros(bytes);
  const isMostlyAscii = Math.max(even, odd) > bytes.length / 8;
  if (isMostlyAscii && Math.max(even, odd) > 4 * Math.min(even, odd)) {
    return even > odd ? 'big' : 'little';
  }
  if (!labelled || bytes.length % 2 !== 0) return undefined;
  // No ASCII in it (a Chinese prompt without a blank): UTF-8 is strict enough to be told apart.
  return even + odd === 0 && decodeUtf8(bytes) !== undefined ? undefined : likelierOrder(bytes);
}

/** Zero bytes at even and at odd offsets, but for those that pad the end. */
function countZeros(bytes: Uint8Array): [even: number, odd: number] {
  let even = 0;
  let odd = 0;
  let end = bytes.length;
  while (bytes[end - 1] === 0) end -= 1;
  for (let at = 0; at < end; at += 1) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  return [even, odd];
}

/** The order whose high bytes vary less: one script keeps to few pages of 256 characters. */
function likelierOrder(bytes: Uint8Array): 'little' | 'big' {
  const even = new Set<number>();
  const odd = new Set<number>();
  bytes.forEach((byte, at) => (at % 2 === 0 ? even : odd).add(byte));
  return odd.size < even.size ? 'little' : 'big';
}

function withoutBom(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
