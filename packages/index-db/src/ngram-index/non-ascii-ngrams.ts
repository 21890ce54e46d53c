import { ByteSet } from './byte-set.ts';
import type { EncodedCharacters } from './encoded-characters.ts';
import { isRareCode } from './short-ngrams.ts';
import type { TokenWriter } from './token-writer.ts';

const isWide = (code: number): boolean => code > 0x7f;

/** Finds the n-grams beyond ASCII of texts, in memory that is used again for each. */
export class NonAsciiNgrams {
  readonly #met = new ByteSet();

  /** Writes the trigrams of which one character is not ASCII: each once. */
  writeTrigrams(characters: EncodedCharacters, writer: TokenWriter): void {
    const { codes, count } = characters;
    this.#met.clear();
    for (let at = 0; at + 3 <= count; at += 1) {
      const any = (codes[at] ?? 0) | (codes[at + 1] ?? 0) | (codes[at + 2] ?? 0);
      if (isWide(any)) this.#writeOnce(characters, at, 3, writer);
    }
  }

  /** Writes the bigrams that no trigram of ASCII characters begins with: each once. */
  writeBigrams(characters: EncodedCharacters, writer: TokenWriter): void {
    const { codes, count } = characters;
    this.#met.clear();
    for (let at = 0; at + 2 <= count; at += 1) {
      const next = at + 2 < count ? (codes[at + 2] ?? 0) : 0;
      if (isWide((codes[at] ?? 0) | (codes[at + 1] ?? 0) | next)) this.#writeOnce(characters, at, 2, writer);
    }
  }

  /** Writes the characters that are indexed by themselves: each once. */
  writeUnigrams(characters: EncodedCharacters, writer: TokenWriter): void {
    const { codes, count } = characters;
    this.#met.clear();
    for (let at = 0; at < count; at += 1) {
      if (isRareCode(codes[at] ?? 0)) this.#writeOnce(characters, at, 1, writer);
    }
  }

  #writeOnce({ bytes, starts }: EncodedCharacters, at: number, length: number, writer: TokenWriter): void {
    const start = starts[at] ?? 0;
    const end = starts[at + length] ?? 0;
    if (this.#met.add(bytes, start, end)) writer.addBytes(bytes, start, end);
  }
}
