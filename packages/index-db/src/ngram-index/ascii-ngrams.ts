import { beyondAsciiCode } from './character-codes.ts';
import type { WordSpans } from './words.ts';
import type { TokenWriter } from './token-writer.ts';

const other = 0;
const letter = 1;
const blank = 2;
const comma = 3;

// With an entry for what stands for all beyond ASCII: a look beyond the end throws compiled code away.
const kinds = new Uint8Array(beyondAsciiCode + 1);
for (let code = 97; code <= 122; code += 1) kinds[code] = letter;
for (const character of ' \n') kinds[character.charCodeAt(0)] = blank;
kinds[44] = comma;

// What words say as well: letters, and letters beside what separates nearly all words of nearly all texts.
const impliedByWords = new Uint8Array(64);
for (const [a, b, c] of [
  [letter, letter, letter],
  [letter, letter, blank],
  [blank, letter, letter],
  [letter, letter, comma],
  [letter, comma, blank],
  [comma, blank, letter],
] as const) {
  impliedByWords[(a << 4) | (b << 2) | c] = 1;
}

const kindOf = (code: number): number => kinds[code] ?? other;

/** Whether the words of a text say that it has this trigram. */
export function isImplied(trigram: string): boolean {
  const [a = 0, b = 0, c = 0] = Array.from(trigram, (character) => kindOf(character.charCodeAt(0)));
  return impliedByWords[(a << 4) | (b << 2) | c] === 1;
}

/** Whether trigrams that begin with these two characters may be left out. */
export function mayBeImplied(pair: string): boolean {
  const begin = (kindOf(pair.charCodeAt(0)) << 4) | (kindOf(pair.charCodeAt(1)) << 2);
  return [other, letter, blank, comma].some((third) => impliedByWords[begin | third] === 1);
}

// Folded texts hold 72 of the ASCII characters: numbering these keeps what follows small enough for the processor's cache.
const charactersOfTexts = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
  (character) => /[\t\n\r -@[-~]/.test(character),
);
const count = charactersOfTexts.length;
const numbers = new Uint8Array(beyondAsciiCode + 1);
for (const [number, character] of charactersOfTexts.entries()) numbers[character.charCodeAt(0)] = number;

/** The number above of each character code; that of what is beyond ASCII counts for nothing. */
const numberOf = (code: number): number => numbers[code] ?? 0;

// In which turn each was met last: cheaper than a set for each text.
const lastTurn = 2 ** 16 - 1;

/** Finds the trigrams of texts, in memory that is used again for each. */
export class AsciiTrigrams {
  readonly #metIn = new Uint16Array(count ** 3);
  #turn = 0;

  /**
   * Writes the overlapping three ASCII characters of a folded text, with these character codes and runs of letters, but
   * for those that words imply: each once.
   */
  write(codes: Uint8Array, { bounds, count: runCount }: WordSpans, writer: TokenWriter): void {
    this.#nextTurn();
    let at = 2;
    // What ends at the third letter of a run or later lies inside of it.
    for (let run = 0; run < runCount; run += 1) {
      const start = bounds[2 * run] ?? 0;
      const end = bounds[2 * run + 1] ?? 0;
      for (; at < end && at < start + 2; at += 1) this.#writeOne(codes, at, writer);
      if (at < end) at = end;
    }
    for (; at < codes.length; at += 1) this.#writeOne(codes, at, writer);
  }

  #writeOne(codes: Uint8Array, at: number, writer: TokenWriter): void {
    const a = codes[at - 2] ?? 0;
    const b = codes[at - 1] ?? 0;
    const c = codes[at] ?? 0;
    if (impliedByWords[(kindOf(a) << 4) | (kindOf(b) << 2) | kindOf(c)] === 1) return;
    if (((a | b | c) & beyondAsciiCode) !== 0) return;
    const key = (numberOf(a) * count + numberOf(b)) * count + numberOf(c);
    if (this.#metIn[key] === this.#turn) return;
    this.#metIn[key] = this.#turn;
    writer.addTrigram(a, b, c);
  }

  #nextTurn(): void {
    if (this.#turn === lastTurn) this.#metIn.fill(0);
    this.#turn = this.#turn === lastTurn ? 1 : this.#turn + 1;
  }
}
