import { ByteSet } from './byte-set.ts';
import type { EncodedCharacters } from './encoded-characters.ts';
import { isRareCode } from './short-ngrams.ts';
import type { TokenWriter } from './token-writer.ts';

const isWide = (code: number): boolean => code > 0x7f;

// One for all texts.
const met = new ByteSet();

/** The pieces of three characters of which one is not ASCII: each once. */
export function writeNonAsciiTrigrams(characters: EncodedCharacters, writer: TokenWriter): void {
  const { codes, count } = characters;
  met.clear();
  for (let at = 0; at + 3 <= count; at += 1) {
    const any = (codes[at] ?? 0) | (codes[at + 1] ?? 0) | (codes[at + 2] ?? 0);
    if (isWide(any)) writeOnce(characters, at, 3, writer);
  }
}

/** Pairs that no piece of three ASCII characters begins with: each once. */
export function writeNonAsciiBigrams(characters: EncodedCharacters, writer: TokenWriter): void {
  const { codes, count } = characters;
  met.clear();
  for (let at = 0; at + 2 <= count; at += 1) {
    const next = at + 2 < count ? (codes[at + 2] ?? 0) : 0;
    if (isWide((codes[at] ?? 0) | (codes[at + 1] ?? 0) | next)) writeOnce(characters, at, 2, writer);
  }
}

/** The characters that are indexed by themselves: each once. */
export function writeNonAsciiUnigrams(characters: EncodedCharacters, writer: TokenWriter): void {
  const { codes, count } = characters;
  met.clear();
  for (let at = 0; at < count; at += 1) {
    if (isRareCode(codes[at] ?? 0)) writeOnce(characters, at, 1, writer);
  }
}

function writeOnce(
  { bytes, starts }: EncodedCharacters,
  at: number,
  length: number,
  writer: TokenWriter,
): void {
  const start = starts[at] ?? 0;
  const end = starts[at + length] ?? 0;
  if (met.add(bytes, start, end)) writer.addBytes(bytes, start, end);
}
