import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dot } from '../../vectors/unit-vector.ts';
import { embedText, localDimension } from './embed-text.ts';
import { FeatureCounts, type Rarity } from './rarity.ts';

const cosine = (a: string, b: string, rarity: Rarity | null = null): number => {
  const [left, right] = [embedText(a, rarity), embedText(b, rarity)];
  return left && right ? dot(left, right) : Number.NaN;
};

function rarityOf(texts: readonly string[]): Rarity {
  const counts = new FeatureCounts();
  for (const text of texts) counts.add(text);
  return counts.rarity();
}

test('a vector has unit length and one text has one vector', () => {
  const vector = embedText('a red fox, deep snow', null) ?? new Float32Array();
  expect(vector.length).toBe(localDimension);
  expect(dot(vector, vector)).toBeCloseTo(1, 5);
  expect(embedText('a red fox, deep snow', null)).toEqual(vector);
});

test('vectors are those that libraries keep under this version of the model', () => {
  const vector = embedText('a red fox of the deep snow, watercolors, 竹林里的白发剑客', null);
  const rounded = Int16Array.from(vector ?? [], (part) => Math.round(part * 10_000));
  expect(createHash('sha256').update(rounded).digest('hex').slice(0, 16)).toBe('c1a9628c972164fa');
});

test.each(['', '  , . ', '!?', '🦊'])('there is no vector for %j', (text) => {
  expect(embedText(text, null)).toBeNull();
});

test('the more words texts share the nearer they are', () => {
  const text = 'red fox, deep snow, pine forest, morning';
  const cosines = [
    'red fox, deep snow, pine forest, morning',
    'red fox, deep snow, pine forest, evening',
    'red fox, deep snow, city street, evening',
    'grey fox, dry sand, city street, evening',
    'blue sedan, dry sand, city street, evening',
  ].map((other) => cosine(text, other));
  expect(cosines[0]).toBeCloseTo(1, 5);
  expect(cosines).toEqual([...cosines].sort((a, b) => b - a));
  expect(cosines[4]).toBeGreaterThan(0.7);
  expect(cosines[4]).toBeLessThan(0.82);
});

test('forms of a word are near, also where no whole word is shared', () => {
  const near = cosine('watercolors', 'watercolor');
  const far = cosine('watercolors', 'motorcycle');
  expect(near).toBeGreaterThan(far + 0.05);
});

test('Chinese texts are near where they share words, without blanks to part them', () => {
  const near = cosine('竹林里的白发剑客', '白发剑客站在雪山');
  const far = cosine('竹林里的白发剑客', '赛博朋克城市夜景');
  expect(near).toBeGreaterThan(far + 0.05);
});

test('case, full-width forms, order and little words make no difference', () => {
  expect(cosine('Red Fox, SNOW', 'snow, red fox')).toBeCloseTo(1, 5);
  expect(cosine('ｒｅｄ fox', 'red fox')).toBeCloseTo(1, 5);
  expect(cosine('fox of the snow', 'fox snow')).toBeCloseTo(1, 5);
});

test('what is rare in the library weighs more than what is everywhere', () => {
  const library = Array.from({ length: 200 }, (_, index) => `soft light, depth of field, subject${index}`);
  const rarity = rarityOf([...library, 'red fox, soft light, depth of field']);
  const sharesCommon = cosine(
    'red fox, soft light, depth of field',
    'old tram, soft light, depth of field',
    rarity,
  );
  const sharesRare = cosine(
    'red fox, soft light, depth of field',
    'red fox, hard shadows, wide angle',
    rarity,
  );
  expect(sharesRare).toBeGreaterThan(sharesCommon + 0.05);
  expect(
    cosine('red fox, soft light, depth of field', 'old tram, soft light, depth of field'),
  ).toBeGreaterThan(sharesCommon);
});

test('a word that the library does not know does not drown what a query shares with it', () => {
  const library = Array.from(
    { length: 300 },
    (_, index) => `subject${index}, ${index % 3 === 0 ? 'landscape' : 'portrait'}`,
  );
  const rarity = rarityOf(library);
  const cosines = library.map((text) => cosine('castle landscape', text, rarity));
  const best = cosines.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value);
  expect(best.slice(0, 50).filter(({ index }) => index % 3 === 0).length).toBeGreaterThan(45);
});

test('texts of words that are in every text still have vectors that differ', () => {
  const rarity = rarityOf(Array.from({ length: 50 }, () => 'soft light, warm colors'));
  expect(cosine('soft light', 'soft light', rarity)).toBeCloseTo(1, 5);
  expect(cosine('soft light', 'warm colors', rarity)).toBeLessThan(0.95);
});

test('cosines stay between -1 and 1 for any texts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      const found = cosine(a, b);
      fc.pre(!Number.isNaN(found));
      expect(Math.abs(found)).toBeLessThan(1 + 1e-5);
    }),
  );
});
