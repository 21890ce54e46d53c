import { expect, test } from 'vitest';
import { visitFeatures } from './text-features.ts';

function featuresOf(text: string): { hash: number; weight: number }[] {
  const found: { hash: number; weight: number }[] = [];
  visitFeatures(text, (hash, weight) => found.push({ hash, weight }));
  return found;
}

const weights = (text: string) => featuresOf(text).map(({ weight }) => weight);
const hashes = (text: string) => featuresOf(text).map(({ hash }) => hash);

test('a phrase of two words is a phrase, its words, and half as much their pair', () => {
  // Words below four letters are not taken to pieces.
  expect(weights('red fox')).toEqual([1, 1, 1, 0.5]);
  expect(weights('fox')).toEqual([1]);
  expect(new Set(hashes('red fox')).size).toBe(4);
});

test('a pair is told from its reverse, and passes over little words', () => {
  const pairOf = (text: string) => featuresOf(text).findLast(({ weight }) => weight === 0.5)?.hash;
  expect(pairOf('red fox')).not.toBe(pairOf('fox red'));
  expect(pairOf('fox of the sea')).toBe(pairOf('fox sea'));
  expect(weights('red, fox')).toEqual([1, 1]);
});

test('each word is paired with the one before it', () => {
  const [, , , redFox] = hashes('red fox');
  const [, , , foxSea] = hashes('fox sea');
  const found = featuresOf('red fox sea').filter(({ weight }) => weight === 0.5);
  expect(found.map(({ hash }) => hash)).toEqual([redFox, foxSea]);
});

test('two characters of a script without blanks weigh as much as a word', () => {
  expect(weights('竹林')).toEqual([1, 0.4, 0.4, 1]);
  expect(weights('竹 fox')).toEqual([1, 0.4, 1, 0.5]);
});

test('a longer word is also its pieces of three characters with its ends', () => {
  const found = weights('foxes');
  expect(found.length).toBe(1 + 5);
  for (const weight of found.slice(1)) expect(weight).toBeCloseTo(0.6 / Math.sqrt(5), 10);
});

test('a phrase of more than eight words is none', () => {
  expect(weights('a b c d e f g h').filter((weight) => weight === 1).length).toBe(1 + 7);
  expect(weights('a b c d e f g h i').filter((weight) => weight === 1).length).toBe(8);
});
