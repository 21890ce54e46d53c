import { characterCodes, foldedCodes } from './character-codes.ts';
import { encodeCharacters } from './encoded-characters.ts';
import { foldForms, isBeyondAscii } from '@iib-kit/catalog/text';
import { writeAsciiTrigrams } from './ascii-ngrams.ts';
import { findWords, writeWords } from './words.ts';
import { writeBoundaryNgrams } from './boundary-ngrams.ts';
import { writeRareCharacters } from './short-ngrams.ts';
import { readTokens, TokenWriter } from './token-writer.ts';
import { writeNonAsciiUnigrams, writeNonAsciiTrigrams, writeNonAsciiBigrams } from './non-ascii-ngrams.ts';

/** What the full-text table holds of an image; how it was chosen is told in decision 0034. */
export interface SearchTokens {
  /** Everything by which the image can be found, for the row of the table. Overwritten by the next call. */
  readonly row: Buffer;
  /** Where the words in it end, which come first: runs of the letters a to z, each as often as it is there. */
  readonly wordsEnd: number;
}

const writer = new TokenWriter();

/** Everything by which an image can be found, as tokens of the full-text table. */
export function searchTokens(path: string, text: string): SearchTokens {
  const wordsEnd =
    isBeyondAscii(path) || isBeyondAscii(text)
      ? // The line ends let the last two characters begin a piece.
        writeFolded(`${foldForms(path)}\n${foldForms(text)}\n\n`)
      : writeAscii(foldedCodes(path, text));
  return { row: writer.take(), wordsEnd };
}

function writeAscii(codes: Uint8Array): number {
  const runs = findWords(codes);
  const wordsEnd = writeWords(codes, runs, writer);
  writeAsciiTrigrams(codes, runs, writer);
  writeBoundaryNgrams(codes, runs, writer);
  writeRareCharacters(codes, runs, writer);
  return wordsEnd;
}

function writeFolded(folded: string): number {
  const codes = characterCodes(folded);
  if (!isBeyondAscii(folded)) return writeAscii(codes);
  const runs = findWords(codes);
  const wordsEnd = writeWords(codes, runs, writer);
  writeAsciiTrigrams(codes, runs, writer);
  writeBoundaryNgrams(codes, runs, writer);
  const characters = encodeCharacters(folded);
  writeNonAsciiTrigrams(characters, writer);
  writeNonAsciiUnigrams(characters, writer);
  writeNonAsciiBigrams(characters, writer);
  return wordsEnd;
}

/** The pieces of three characters of a folded text, as tokens. */
export function ngramsOf(folded: string): string[] {
  const codes = characterCodes(folded);
  writeAsciiTrigrams(codes, findWords(codes), writer);
  if (isBeyondAscii(folded)) writeNonAsciiTrigrams(encodeCharacters(folded), writer);
  return readTokens(writer.take());
}
