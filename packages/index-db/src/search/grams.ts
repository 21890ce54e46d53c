import { beyondAsciiCode } from './character-codes.ts';
import { encodePiece } from './encode-piece.ts';
import { isBeyondAscii } from './fold-text.ts';
import type { TokenWriter } from './token-writer.ts';

const other = 0;
const letter = 1;
const blank = 2;
const comma = 3;

const kinds = new Uint8Array(128);
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

/** Whether grams that begin with these two characters may be left out. */
export function mayBeImplied(pair: string): boolean {
  const begin = (kindOf(pair.charCodeAt(0)) << 4) | (kindOf(pair.charCodeAt(1)) << 2);
  return [other, letter, blank, comma].some((third) => impliedByWords[begin | third] === 1);
}

// Folded texts hold 72 of the ASCII characters: numbering these keeps what follows small enough for the processor's cache.
const charactersOfTexts = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
  (character) => /[\t\n\r -@[-~]/.test(character),
);
const count = charactersOfTexts.length;
const numbers = new Uint8Array(128);
for (const [number, character] of charactersOfTexts.entries()) numbers[character.charCodeAt(0)] = number;

// In which turn each three of them were met last: cheaper than a set for each text.
const metIn = new Uint16Array(count ** 3);
const lastTurn = 2 ** 16 - 1;
let turn = 0;

function nextTurn(): void {
  if (turn === lastTurn) metIn.fill(0);
  turn = turn === lastTurn ? 1 : turn + 1;
}

/** Of each ASCII character its number above, and what kind it is in the two lowest bits. */
const roles = Uint16Array.from({ length: 128 }, (_, code) => ((numbers[code] ?? 0) << 2) | kindOf(code));

function writeAscii(codes: Uint8Array, writer: TokenWriter): void {
  nextTurn();
  // Of the characters before the present one: their kinds, and the number of the last two as one.
  let kindsSoFar = 0;
  let before = 0;
  let last = 0;
  /** Where a gram may end: two characters on from what is not ASCII. */
  let from = 2;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === beyondAsciiCode) from = at + 3;
    const role = roles[code] ?? 0;
    const number = role >> 2;
    kindsSoFar = ((kindsSoFar << 2) | (role & 3)) & 63;
    const key = before * count + number;
    before = last * count + number;
    last = number;
    if (at < from || impliedByWords[kindsSoFar] === 1 || metIn[key] === turn) continue;
    metIn[key] = turn;
    writer.addGram(codes[at - 2] ?? 0, codes[at - 1] ?? 0, code);
  }
}

function writeBeyondAscii(folded: string, writer: TokenWriter): void {
  const grams = new Set<string>();
  // Where the two characters before the present one begin, and all three as far as being ASCII goes.
  let [first, second] = [-1, -1];
  let [a, b] = [0, 0];
  for (let at = 0; at < folded.length;) {
    const c = folded.codePointAt(at) ?? 0;
    const next = at + (c > maximumUnit ? 2 : 1);
    if (first >= 0 && (a | b | c) >= beyondAsciiCode) grams.add(folded.slice(first, next));
    first = second;
    second = at;
    at = next;
    a = b;
    b = c;
  }
  for (const gram of grams) writer.add(encodePiece(gram));
}

const maximumUnit = 0xffff;

/**
 * The overlapping pieces of three characters of a folded text, whose character codes these are, but for those that
 * words imply: each once.
 */
export function writeGrams(folded: string, codes: Uint8Array, writer: TokenWriter): void {
  writeAscii(codes, writer);
  if (isBeyondAscii(folded)) writeBeyondAscii(folded, writer);
}
