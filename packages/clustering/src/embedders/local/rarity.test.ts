import { expect, test } from 'vitest';
import { FeatureCounts, Rarity } from './rarity.ts';
import { visitFeatures } from './text-features.ts';

function featuresOf(text: string): number[] {
  const found: number[] = [];
  visitFeatures(text, (feature) => found.push(feature));
  return found;
}

function counted(texts: readonly string[]): Rarity {
  const counts = new FeatureCounts();
  for (const text of texts) counts.add(text);
  return counts.rarity();
}

test('what is in every text weighs 0, what is in one of a hundred most of 1, what is in none a third', () => {
  const rarity = counted(Array.from({ length: 100 }, (_, index) => (index === 7 ? 'fox, cat' : 'fox')));
  const [fox] = featuresOf('fox');
  const [cat] = featuresOf('cat');
  const [dog] = featuresOf('dog');
  expect(rarity.texts).toBe(100);
  expect(rarity.weightOf(fox ?? 0)).toBeCloseTo(0, 1);
  expect(rarity.weightOf(cat ?? 0)).toBeCloseTo(1 - Math.log(2) / Math.log(101), 2);
  expect(rarity.weightOf(dog ?? 0)).toBe(1 / 3);
});

test('a word said twice in a text counts once', () => {
  const [fox] = featuresOf('fox');
  expect(counted(['fox fox fox', 'cat', 'cat']).weightOf(fox ?? 0)).toBe(
    counted(['fox', 'cat', 'cat']).weightOf(fox ?? 0),
  );
});

test('a rarity survives being written and read, with its fingerprint', () => {
  const rarity = counted(['fox, snow', 'fox, sand']);
  const copy = Rarity.fromBytes(rarity.toBytes());
  expect(copy.texts).toBe(2);
  expect(copy.toBytes()).toEqual(rarity.toBytes());
  expect(copy.fingerprint()).toBe(rarity.fingerprint());
  expect(copy.fingerprint()).toMatch(/^[0-9a-f]{12}$/);
  expect(counted(['fox, snow', 'fox, rain']).fingerprint()).not.toBe(rarity.fingerprint());
});

test.each([
  ['nothing', new Uint8Array()],
  ['another length', new Uint8Array(100)],
  ['another beginning', new Uint8Array(262_152)],
])('%s is no rarity', (_, bytes) => {
  expect(() => Rarity.fromBytes(bytes)).toThrow(expect.objectContaining({ code: 'invalid-rarity' }));
});
