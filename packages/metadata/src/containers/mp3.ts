import { uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import { asciiAt, decodeText, decodeUtf16, trimNul } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';

/** MP3 with an ID3v2 tag: its own texts (`TXXX`) and its comments. */
export const mp3: ContainerReader = {
  // Version 2 to 4, so that a text about ID3 is none.
  recognize: ([i, d, three, version = 0]) =>
    i === 0x49 && d === 0x44 && three === 0x33 && version >= 2 && version <= 4 ? 'mp3' : undefined,
  *read(file, found) {
    const header = yield* file.read(0, 10);
    const version = header[3] ?? 0;
    const length = synchsafe(header, 6);
    if (version < 3 || length > limits.valueBytes) return;
    const tag = yield* file.read(10, length);
    if (tag.length < length) found.warn('truncated', 'The MP3 ends inside its tag.');
    for (let at = 0; at + 10 <= tag.length && tag[at] !== 0;) {
      // Version 4 keeps the highest bit of each byte of a length free, version 3 does not.
      const size = version === 3 ? uint32Big(tag, at + 4) : synchsafe(tag, at + 4);
      collectFrame(asciiAt(tag, at, 4), tag.subarray(at + 10, at + 10 + size), found);
      at += 10 + size;
    }
  },
};

function synchsafe(bytes: Uint8Array, at: number): number {
  return [0, 1, 2, 3].reduce((sum, index) => sum * 128 + ((bytes[at + index] ?? 0) & 0x7f), 0);
}

/** An encoding, for comments a language, then a description and a text with a NUL between. */
function collectFrame(type: string, frame: Uint8Array, found: Findings): void {
  if (type !== 'TXXX' && type !== 'COMM') return;
  const body = decodeString(frame[0] ?? 0, frame.subarray(type === 'COMM' ? 4 : 1));
  const nul = body.indexOf('\0');
  const text = trimNul(body.slice(nul + 1)).replace(/^\uFEFF/, '');
  const key = body.slice(0, Math.max(nul, 0)).replace(/^\uFEFF/, '');
  if (text !== '') found.add(type, key, text);
}

function decodeString(encoding: number, bytes: Uint8Array): string {
  if (encoding === 1) return decodeUtf16(bytes, bytes[0] === 0xfe ? 'big' : 'little');
  return encoding === 2 ? decodeUtf16(bytes, 'big') : decodeText(bytes);
}
