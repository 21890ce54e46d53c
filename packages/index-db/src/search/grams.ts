import { encodePiece } from './encode-piece.ts';
import { isBeyondAscii } from './fold-text.ts';

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

const isImplied = (a: number, b: number, c: number): boolean =>
  impliedByWords[(kindOf(a) << 4) | (kindOf(b) << 2) | kindOf(c)] === 1;

// In which turn each three ASCII characters were met last: cheaper than a set for each text.
const metIn = new Uint32Array(2 ** 21);
const tokens = new Map<number, string>();
let turn = 0;

function tokenOf(key: number): string {
  const known = tokens.get(key);
  if (known !== undefined) return known;
  const token = encodePiece(String.fromCharCode(key >>> 14, (key >>> 7) & 127, key & 127));
  tokens.set(key, token);
  return token;
}

function asciiGrams(folded: string): string[] {
  turn += 1;
  const found: string[] = [];
  let a = folded.charCodeAt(0);
  let b = folded.charCodeAt(1);
  for (let index = 2; index < folded.length; index += 1) {
    const c = folded.charCodeAt(index);
    if (!isImplied(a, b, c)) {
      const key = (a << 14) | (b << 7) | c;
      if (metIn[key] !== turn) {
        metIn[key] = turn;
        found.push(tokenOf(key));
      }
    }
    a = b;
    b = c;
  }
  return found;
}

function anyGrams(folded: string): string[] {
  const characters = Array.from(folded);
  const found = new Set<string>();
  for (let index = 2; index < characters.length; index += 1) {
    const [a = '', b = '', c = ''] = characters.slice(index - 2, index + 1);
    if (!isImplied(a.charCodeAt(0), b.charCodeAt(0), c.charCodeAt(0))) found.add(encodePiece(a + b + c));
  }
  return [...found];
}

/** The overlapping pieces of three characters of a folded text, but for those that words imply, each once, as tokens. */
export function grams(folded: string): string[] {
  return isBeyondAscii(folded) ? anyGrams(folded) : asciiGrams(folded);
}
