import { foldForms, isBeyondAscii } from './fold-text.ts';

/** Stands before and after a single character that is findable by itself. */
export const singleMark = '\x01';
/** Stands before a pair of characters that is findable by itself. */
export const pairMark = '\x02';

// All but what is found in nearly every text, where looking for one character by itself needs no index.
const rare = /[^a-z0-9 \n,.:;()<>_\-/'"=+]/gu;

/** Whether a character is indexed by itself. */
export function isIndexedAlone(character: string): boolean {
  return character.search(rare) !== -1;
}

/** Pairs that no trigram of ASCII characters begins with; all others are found by trying what may follow them. */
function pairsBeyondAscii(folded: string): Set<string> {
  const pairs = new Set<string>();
  const characters = Array.from(folded);
  for (let index = 0; index + 1 < characters.length; index += 1) {
    const pair = characters.slice(index, index + 2).join('');
    if (isBeyondAscii(pair + (characters[index + 2] ?? ''))) pairs.add(pair);
  }
  return pairs;
}

/** The characters and pairs that trigrams alone would not let be found. */
function shortPieces(folded: string): string {
  const singles = folded.match(rare);
  if (singles === null) return '';
  const pairs = isBeyondAscii(folded) ? [...pairsBeyondAscii(folded)] : [];
  const listed = singleMark + [...new Set(singles)].join(singleMark) + singleMark;
  return listed + pairs.map((pair) => pairMark + pair).join('');
}

/**
 * What the trigram tables hold of a path and a text: both folded, then the pieces that are findable by themselves.
 * The line ends let the last two characters be found.
 */
export function searchBody(path: string, text?: string): string {
  const folded = text === undefined ? foldForms(path) : `${foldForms(path)}\n${foldForms(text)}`;
  return `${folded}\n\n${shortPieces(folded)}`;
}
