import { foldForms, isBeyondAscii } from '@iib-kit/catalog/text';
import { pairsBeyondAscii, rareCharacters } from './short-ngrams.ts';

/** Stands before and after a single character that is findable by itself. */
export const singleMark = '\x01';
/** Stands before a pair of characters that is findable by itself. */
export const pairMark = '\x02';

/** The characters and pairs that trigrams alone would not let be found. */
function shortNgrams(folded: string): string {
  const singles = rareCharacters(folded);
  if (singles.length === 0) return '';
  const pairs = isBeyondAscii(folded) ? [...pairsBeyondAscii(folded)] : [];
  const listed = singleMark + singles.join(singleMark) + singleMark;
  return listed + pairs.map((pair) => pairMark + pair).join('');
}

/**
 * What the trigram table of paths holds of one: it folded, then the characters and pairs that are findable by themselves. The line
 * ends let the last two characters be found.
 */
export function searchBody(path: string): string {
  const folded = foldForms(path);
  return `${folded}\n\n${shortNgrams(folded)}`;
}
