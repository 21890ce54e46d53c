/** Called for each feature of a text with its hash (32 bits, unsigned) and how much it says by itself. */
export type FeatureVisitor = (hash: number, weight: number) => void;

const phraseWeight = 1;
const wordWeight = 1;
const pairWeight = 0.5;
const piecesWeight = 0.6;
const characterWeight = 0.4;
const longestPhrase = 8;

// Seeds that keep equal spellings of different kinds apart.
const phraseSeed = 0x811c9dc5;
const wordSeed = 0x01000193;
const pairSeed = 0x5bd1e995;
const pieceSeed = 0x27d4eb2f;
const characterSeed = 0x165667b1;

const phraseEnds = /[,，、;；。\n\r|]+|\.(?=\s|$)/;
// Scripts written without blanks between words: their words are taken apart into characters and pairs of them.
const wordOrCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}])[\p{L}\p{M}\p{N}])+/gu;
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const stopWords = new Set(
  'a an the of in on at to with and or for from by as is are was were be it its his her their this that these those into over under very'.split(
    ' ',
  ),
);

/** Visits what a text is made of: phrases, words, pairs of neighbours, pieces of words, characters of unspaced scripts. */
export function visitFeatures(text: string, visit: FeatureVisitor): void {
  for (const phrase of text.normalize('NFKC').toLowerCase().split(phraseEnds)) {
    const units = phrase.match(wordOrCharacter);
    if (units === null) continue;
    visitPhrase(units, visit);
    let previous: string | undefined;
    for (const unit of units) {
      if (stopWords.has(unit)) continue;
      visitUnit(unit, visit);
      if (previous !== undefined)
        visit(hashText(unit, hashText(previous, pairSeed) ^ 0x20), pairWeightOf(previous, unit));
      previous = unit;
    }
  }
}

function visitPhrase(units: readonly string[], visit: FeatureVisitor): void {
  const telling = units.filter((unit) => !stopWords.has(unit));
  if (telling.length < 2 || units.length > longestPhrase) return;
  let hash = phraseSeed;
  for (const unit of telling) hash = hashText(unit, hash ^ 0x20);
  visit(hash >>> 0, phraseWeight);
}

function visitUnit(unit: string, visit: FeatureVisitor): void {
  if (unspaced.test(unit)) {
    visit(hashText(unit, characterSeed), characterWeight);
    return;
  }
  visit(hashText(unit, wordSeed), wordWeight);
  visitPieces(unit, visit);
}

/** Pieces of three characters, with the ends marked, so that forms of one word and misspellings stay near. */
function visitPieces(word: string, visit: FeatureVisitor): void {
  if (word.length < 4) return;
  const weight = piecesWeight / Math.sqrt(word.length);
  for (let start = -1; start + 2 <= word.length; start++) {
    let hash = pieceSeed;
    for (let index = start; index < start + 3; index++) {
      const unit = index < 0 || index >= word.length ? 0x5f : word.charCodeAt(index);
      hash = Math.imul(hash ^ unit, 0x01000193);
    }
    visit(finish(hash), weight);
  }
}

/** Two characters of an unspaced script are about a word; two words are about a phrase. */
function pairWeightOf(left: string, right: string): number {
  return unspaced.test(left) && unspaced.test(right) ? wordWeight : pairWeight;
}

function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return finish(hash);
}

/** Spreads the last characters over all bits (the end of MurmurHash3). */
function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
