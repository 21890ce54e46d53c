import { characterCodes } from './character-codes.ts';
import { encodePiece } from './encode-piece.ts';
import { foldForms, isBeyondAscii } from './fold-text.ts';
import { writeGrams } from './grams.ts';
import { letterRuns, wordsOf } from './letter-runs.ts';
import { writeSeams } from './seams.ts';
import { pairsBeyondAscii, rareCharacters } from './short-pieces.ts';
import { readTokens, TokenWriter } from './token-writer.ts';

/** What the full-text table holds of an image; how it was chosen is told in decision 0034. */
export interface SearchTokens {
  /** Runs of the letters a to z, each as often as it is there. */
  readonly words: readonly string[];
  /** Everything by which the image can be found, words included, for the row of the table. */
  readonly row: Buffer;
}

const writer = new TokenWriter();

/** Everything by which an image can be found, as tokens of the full-text table. */
export function searchTokens(path: string, text: string): SearchTokens {
  // The line ends let the last two characters begin a piece.
  const folded = `${foldForms(path)}\n${foldForms(text)}\n\n`;
  const words = wordsOf(letterRuns(folded));
  for (const word of words) writer.add(word);
  writePieces(folded);
  for (const character of rareCharacters(folded)) writer.add(encodePiece(character));
  if (isBeyondAscii(folded)) {
    for (const pair of pairsBeyondAscii(folded)) writer.add(encodePiece(pair));
  }
  return { words, row: writer.take() };
}

function writePieces(folded: string): void {
  const codes = characterCodes(folded);
  writeGrams(folded, codes, writer);
  writeSeams(codes, writer);
}

/** The pieces of three characters and the seams of a folded text, as tokens. */
export function piecesOf(folded: string): string[] {
  writePieces(folded);
  return readTokens(writer.take());
}
