import { isUtf8 } from 'node:buffer';

// Each byte of a name that is no UTF-8 is spelled as a character of its own, at the end of the last private plane. A
// name that has such a character itself is spelled byte by byte there, so that every spelling stands for one name.
const firstStandIn = 0x10fe00;
const highSurrogate = String.fromCodePoint(firstStandIn).charAt(0);
const standIn = /[\u{10fe80}-\u{10feff}]/u;
const standIns = /[\u{10fe80}-\u{10feff}]/gu;
const replacement = '\uFFFD';

const spellBytes = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCodePoint(firstStandIn + byte)).join('');

/** Where the UTF-8 character that begins here ends; the same place where none does. */
function endOfCharacter(bytes: Buffer, start: number): number {
  for (let length = 1; length <= 4 && start + length <= bytes.length; length += 1) {
    if (isUtf8(bytes.subarray(start, start + length))) return start + length;
  }
  return start;
}

/** Whether a name that was read as UTF-8 may be another in truth, so that its bytes have to be looked at. */
export function isDoubtful(name: string): boolean {
  return name.includes(replacement) || name.includes(highSurrogate);
}

/** The spelling of a path or a name that the file system gave as bytes: itself where it is UTF-8. */
export function spellPath(bytes: Buffer): string {
  if (isUtf8(bytes)) {
    const path = bytes.toString();
    return standIn.test(path)
      ? path.replaceAll(standIns, (character) => spellBytes(Buffer.from(character)))
      : path;
  }
  let path = '';
  for (let at = 0; at < bytes.length;) {
    const end = endOfCharacter(bytes, at);
    const part = bytes.subarray(at, Math.max(end, at + 1));
    const text = part.toString();
    path += end === at || standIn.test(text) ? spellBytes(part) : text;
    at += part.length;
  }
  return path;
}

/**
 * What to give to the file system for a path of the index: the path itself, or bytes where its name is not UTF-8. Every
 * function of `node:fs` takes either.
 */
export function systemPath(path: string): string | Buffer {
  if (!path.includes(highSurrogate) || !standIn.test(path)) return path;
  const parts = Array.from(path, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return standIn.test(character) ? Buffer.from([code - firstStandIn]) : Buffer.from(character);
  });
  return Buffer.concat(parts);
}
