import { CharacterCodes } from './character-codes.ts';
import type { WordSpans } from './words.ts';
import type { TokenWriter } from './token-writer.ts';

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

// Stands before the number of a boundary n-gram; no other token begins with it, since folded texts have no control characters.
export const boundaryMark = '\x80';
const lettersAtBoundary = 2;
const longestSeparator = 3;
// Of the letters on both sides and what is between them. So many that a text holds few, so few that FTS5 does not take
// much longer to write their lists; a power of two.
const hashes = 8192;
// The letter before, by a class: as many of them as can all be asked for, each about as frequent in English as another.
// What has no letter before is of the first.
const letterClasses = ['ehcfb', 'tslmgvj', 'anduykqz', 'oirwpx'];
const classes = letterClasses.length;
const classOf = new Uint8Array(128);
for (const [number, letters] of letterClasses.entries()) {
  for (const letter of letters) classOf[letter.charCodeAt(0)] = number;
}

/** The lowest of the numbers of a boundary n-gram; the class of the letter before is added to it. */
function firstNumber(codes: Uint8Array, start: number, end: number): number {
  let hash = 5381;
  for (let index = start; index < end; index += 1) hash = Math.imul(hash, 33) ^ (codes[index] ?? 0);
  // Of so few letters its lower bits alone would hold little.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) & (hashes - 1)) * classes;
}

function hasDigit(codes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (isDigit(codes[at] ?? 0)) return true;
  return false;
}

const radix = 36;
const digits = Buffer.from('0123456789abcdefghijklmnopqrstuvwxyz');
const mark = Buffer.from(boundaryMark);
const token = Buffer.concat([mark, Buffer.alloc(3)]);

/** The mark and the number, which is below 36^3, in base 36. */
function writeNumber(number: number, writer: TokenWriter): void {
  let end = mark.length;
  if (number >= radix ** 2) token[end++] = digits[Math.floor(number / radix ** 2)] ?? 0;
  if (number >= radix) token[end++] = digits[Math.floor(number / radix) % radix] ?? 0;
  token[end++] = digits[number % radix] ?? 0;
  writer.addBytes(token, 0, end);
}

// In which turn each number was met last: cheaper than a set for each text, and small enough for the processor's cache.
const lastTurn = 255;

/** Finds the boundary n-grams of texts, in memory that is used again for each. */
export class BoundaryNgrams {
  readonly #metIn = new Uint8Array(hashes * classes);
  #turn = 0;

  /**
   * Writes the boundary n-grams of a folded text, with these character codes and runs of letters: two letters, what
   * separates words, and two letters again, with the class of the letter before, as a number. Each once.
   */
  write(codes: Uint8Array, { bounds, count }: WordSpans, writer: TokenWriter): void {
    this.#nextTurn();
    // Where the last run of letters lies, if it had two.
    let runStart = 0;
    let runEnd = -1;
    for (let run = 0; run < count; run += 1) {
      const start = bounds[2 * run] ?? 0;
      const end = bounds[2 * run + 1] ?? 0;
      const isLong = end - start >= lettersAtBoundary;
      if (isLong && runEnd !== -1 && start - runEnd <= longestSeparator && !hasDigit(codes, runEnd, start)) {
        const ngramStart = runEnd - lettersAtBoundary;
        const first = firstNumber(codes, ngramStart, start + lettersAtBoundary);
        const number = first + (ngramStart > runStart ? (classOf[codes[ngramStart - 1] ?? 0] ?? 0) : 0);
        if (this.#metIn[number] !== this.#turn) {
          this.#metIn[number] = this.#turn;
          writeNumber(number, writer);
        }
      }
      runStart = start;
      runEnd = isLong ? end : -1;
    }
  }

  #nextTurn(): void {
    if (this.#turn === lastTurn) this.#metIn.fill(0);
    this.#turn = this.#turn === lastTurn ? 1 : this.#turn + 1;
  }
}

const boundary = /([a-z]{2,})([^a-z0-9]{1,3})(?=([a-z]{2}))/g;
const everyClass = Array.from(letterClasses.keys());

/**
 * For each boundary between words of a folded needle the tokens of which every text that contains it has one. Where the needle begins with
 * two letters these are several, since any letter may stand before them.
 */
export function boundaryNgramsOf(needle: string): readonly (readonly string[])[] {
  const codesOf = new CharacterCodes();
  return Array.from(needle.matchAll(boundary), ({ index, 1: run = '', 2: separator = '', 3: after = '' }) => {
    const codes = codesOf.of(run.slice(-lettersAtBoundary) + separator + after);
    const first = firstNumber(codes, 0, codes.length);
    const before = run.charCodeAt(run.length - lettersAtBoundary - 1);
    const isKnown = index > 0 || run.length > lettersAtBoundary;
    const possible = isKnown ? [classOf[before] ?? 0] : everyClass;
    return possible.map((letterClass) => boundaryMark + (first + letterClass).toString(radix));
  });
}
