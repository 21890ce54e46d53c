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
  // Where the two characters before this one begin, and whether either is beyond ASCII.
  let [first, second] = [-1, -1];
  let [isFirst, isSecond] = [false, false];
  for (let at = 0; at < folded.length;) {
    const code = folded.codePointAt(at) ?? 0;
    const isThis = code > maximumAscii;
    if (first >= 0 && (isFirst || isSecond || isThis)) pairs.add(folded.slice(first, at));
    [first, second] = [second, at];
    [isFirst, isSecond] = [isSecond, isThis];
    at += code > maximumUnit ? 2 : 1;
  }
  if (first >= 0 && (isFirst || isSecond)) pairs.add(folded.slice(first));
  return pairs;
}

const maximumAscii = 0x7f;
const maximumUnit = 0xffff;

/** The characters and pairs that trigrams alone would not let be found. */
function shortPieces(folded: string): string {
  const singles = folded.match(rare);
  if (singles === null) return '';
  const pairs = isBeyondAscii(folded) ? [...pairsBeyondAscii(folded)] : [];
  const listed = singleMark + [...new Set(singles)].join(singleMark) + singleMark;
  return listed + pairs.map((pair) => pairMark + pair).join('');
}

/** What the trigram tables hold of a path alone, and of a path with a text. */
export function searchBodies(
  path: string,
  text: string,
): { readonly ofPath: string; readonly ofBoth: string } {
  const foldedPath = foldForms(path);
  return { ofPath: bodyOf(foldedPath), ofBoth: bodyOf(`${foldedPath}\n${foldForms(text)}`) };
}

/**
 * Folded texts, then the pieces of them that are findable by themselves. The line ends let the last two characters
 * be found.
 */
function bodyOf(folded: string): string {
  return `${folded}\n\n${shortPieces(folded)}`;
}
