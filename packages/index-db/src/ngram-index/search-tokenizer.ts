import { foldForms, isBeyondAscii } from '@iib-kit/catalog/text';
import { AsciiTrigrams } from './ascii-ngrams.ts';
import { BoundaryNgrams } from './boundary-ngrams.ts';
import { CharacterCodes } from './character-codes.ts';
import { CharacterEncoder } from './encoded-characters.ts';
import { NonAsciiNgrams } from './non-ascii-ngrams.ts';
import { RareCharacters } from './short-ngrams.ts';
import { TokenWriter } from './token-writer.ts';
import { WordFinder, type WordSpans, writeWords } from './words.ts';

/** What the full-text table holds of an image; how it was chosen is told in decision 0034. */
export interface SearchTokens {
  /** Everything by which the image can be found, for the row of the table. Overwritten by the next call. */
  readonly row: Buffer;
  /** Where the words in it end, which come first: runs of the letters a to z, each as often as it is there. */
  readonly wordsEnd: number;
}

/** Turns texts into the tokens of the full-text table. Holds a megabyte, which is used again for each text. */
export class SearchTokenizer {
  readonly #codes = new CharacterCodes();
  readonly #words = new WordFinder();
  readonly #trigrams = new AsciiTrigrams();
  readonly #boundaries = new BoundaryNgrams();
  readonly #rare = new RareCharacters();
  readonly #encoder = new CharacterEncoder();
  readonly #nonAscii = new NonAsciiNgrams();
  readonly #writer = new TokenWriter();

  /** Everything by which an image can be found, as tokens of the full-text table. */
  tokens(path: string, text: string): SearchTokens {
    const isAscii = !isBeyondAscii(path) && !isBeyondAscii(text);
    const wordsEnd = isAscii
      ? this.#writeAscii(this.#codes.ofFolded(path, text))
      : // The line ends let the last two characters begin an n-gram.
        this.#writeFolded(`${foldForms(path)}\n${foldForms(text)}\n\n`);
    return { row: this.#writer.take(), wordsEnd };
  }

  #writeAscii(codes: Uint8Array): number {
    const words = this.#words.find(codes);
    const wordsEnd = this.#writeWordsAndTrigrams(codes, words);
    this.#rare.write(codes, words, this.#writer);
    return wordsEnd;
  }

  #writeFolded(folded: string): number {
    const codes = this.#codes.of(folded);
    if (!isBeyondAscii(folded)) return this.#writeAscii(codes);
    const wordsEnd = this.#writeWordsAndTrigrams(codes, this.#words.find(codes));
    const characters = this.#encoder.encode(folded);
    this.#nonAscii.writeTrigrams(characters, this.#writer);
    this.#nonAscii.writeUnigrams(characters, this.#writer);
    this.#nonAscii.writeBigrams(characters, this.#writer);
    return wordsEnd;
  }

  #writeWordsAndTrigrams(codes: Uint8Array, words: WordSpans): number {
    const wordsEnd = writeWords(codes, words, this.#writer);
    this.#trigrams.write(codes, words, this.#writer);
    this.#boundaries.write(codes, words, this.#writer);
    return wordsEnd;
  }
}
