import type { TokenWriter } from './token-writer.ts';

const isLetter = (code: number): boolean => code >= 97 && code <= 122;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

// Stands before the number of a seam; no other token begins with it, since folded texts have no control characters.
export const seamMark = '\x80';
// So many that a text holds few of them, so few that a list of texts stays small; a power of two.
const numbers = 16_384;
const tokens = Array.from({ length: numbers }, (_, number) => seamMark + number.toString(36));
const longestSeparator = 3;

// In which turn each number was met last: cheaper than a set for each text.
const metIn = new Uint32Array(numbers);
let turn = 0;

function numberOf(codes: Uint8Array, start: number, end: number): number {
  let hash = 5381;
  for (let index = start; index < end; index += 1) hash = Math.imul(hash, 33) ^ (codes[index] ?? 0);
  return hash & (numbers - 1);
}

/**
 * The seams of a folded text, whose character codes these are: two letters, what separates words, and two letters
 * again, as a number. Each once.
 */
export function writeSeams(codes: Uint8Array, writer: TokenWriter): void {
  turn += 1;
  // Where the last run of letters ended, if it had two and no digit follows it.
  let runEnd = -1;
  let at = 0;
  while (at < codes.length) {
    const code = codes[at] ?? 0;
    if (!isLetter(code)) {
      if (isDigit(code)) runEnd = -1;
      at += 1;
      continue;
    }
    const start = at;
    do at += 1;
    while (isLetter(codes[at] ?? 0));
    const isLong = at - start >= 2;
    if (isLong && runEnd !== -1 && start - runEnd <= longestSeparator) {
      const number = numberOf(codes, runEnd - 2, start + 2);
      if (metIn[number] !== turn) {
        metIn[number] = turn;
        writer.add(tokens[number] ?? '');
      }
    }
    runEnd = isLong ? at : -1;
  }
}
