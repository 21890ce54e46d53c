import type { RunPlaces } from './letter-runs.ts';
import type { TokenWriter } from './token-writer.ts';

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

// Stands before the number of a seam; no other token begins with it, since folded texts have no control characters.
export const seamMark = '\x80';
// So many that a text holds few of them, so few that a list of texts stays small; a power of two.
const numbers = 16_384;
const longestSeparator = 3;

// In which turn each number was met last: cheaper than a set for each text.
const metIn = new Uint32Array(numbers);
let turn = 0;

function numberOf(codes: Uint8Array, start: number, end: number): number {
  let hash = 5381;
  for (let index = start; index < end; index += 1) hash = Math.imul(hash, 33) ^ (codes[index] ?? 0);
  return hash & (numbers - 1);
}

function hasDigit(codes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (isDigit(codes[at] ?? 0)) return true;
  return false;
}

const radix = 36;
const digits = Buffer.from('0123456789abcdefghijklmnopqrstuvwxyz');
const mark = Buffer.from(seamMark);
const token = Buffer.concat([mark, Buffer.alloc(3)]);

/** The mark and the number in base 36. */
function writeNumber(number: number, writer: TokenWriter): void {
  let end = mark.length;
  if (number >= radix ** 2) token[end++] = digits[Math.floor(number / radix ** 2)] ?? 0;
  if (number >= radix) token[end++] = digits[Math.floor(number / radix) % radix] ?? 0;
  token[end++] = digits[number % radix] ?? 0;
  writer.addBytes(token, 0, end);
}

/**
 * The seams of a folded text, whose character codes and runs of letters these are: two letters, what separates words,
 * and two letters again, as a number. Each once.
 */
export function writeSeams(codes: Uint8Array, { places, count }: RunPlaces, writer: TokenWriter): void {
  turn += 1;
  // Where the last run of letters ended, if it had two.
  let runEnd = -1;
  for (let run = 0; run < count; run += 1) {
    const start = places[2 * run] ?? 0;
    const end = places[2 * run + 1] ?? 0;
    const isLong = end - start >= 2;
    if (isLong && runEnd !== -1 && start - runEnd <= longestSeparator && !hasDigit(codes, runEnd, start)) {
      const number = numberOf(codes, runEnd - 2, start + 2);
      if (metIn[number] !== turn) {
        metIn[number] = turn;
        writeNumber(number, writer);
      }
    }
    runEnd = isLong ? end : -1;
  }
}
