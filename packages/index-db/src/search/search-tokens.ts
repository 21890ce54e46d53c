import { foldForms, isBeyondAscii } from './fold-text.ts';
import { grams } from './grams.ts';
import { letterRuns, wordsOf } from './letter-runs.ts';
import { seams } from './seams.ts';
import { pairsBeyondAscii, rareCharacters } from './short-pieces.ts';
import { encodePiece } from './encode-piece.ts';

/** What the full-text table holds of an image; how it was chosen is told in decision 0034. */
export interface SearchTokens {
  /** Runs of the letters a to z. */
  readonly words: readonly string[];
  /** Everything else that is looked for. */
  readonly pieces: readonly string[];
}

/** Everything by which an image can be found, as tokens of the full-text table. */
export function searchTokens(path: string, text: string): SearchTokens {
  // The line ends let the last two characters begin a piece.
  const folded = `${foldForms(path)}\n${foldForms(text)}\n\n`;
  const pieces = grams(folded).concat(seams(folded));
  for (const character of rareCharacters(folded)) pieces.push(encodePiece(character));
  if (isBeyondAscii(folded)) for (const pair of pairsBeyondAscii(folded)) pieces.push(encodePiece(pair));
  return { words: wordsOf(letterRuns(folded)), pieces };
}

/** The text of a row of the full-text table. */
export function printTokens({ words, pieces }: SearchTokens): string {
  return `${words.join(' ')} ${pieces.join(' ')}`;
}
