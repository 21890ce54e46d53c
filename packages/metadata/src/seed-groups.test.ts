import { array, assert, bigInt, property } from 'fast-check';
import { expect, test } from 'vitest';
import { extractIdAndSeed, groupBySeed } from './seed-groups.ts';

test.each([
  ['1234-5678.png', { id: '1234', seed: '5678' }],
  ['/folder/00-18446744073709551615.webp', { id: '00', seed: '18446744073709551615' }],
  [String.raw`C:\pictures\1-2.png`, { id: '1', seed: '2' }],
  ['1234-5678', undefined],
  ['cat-5678.png', undefined],
  ['1-2-3.png', undefined],
  ['1234.png', undefined],
  ['', undefined],
])('the id and seed of %j', (name, expected) => {
  expect(extractIdAndSeed(name)).toEqual(expected);
});

test('consecutive seeds are a group, also beyond 2^53; repeated seeds share one', () => {
  const items = ['9007199254740993', '7', '5', '9007199254740992', '6', '20', '6'].map((seed, index) => ({
    seed,
    index,
  }));
  expect(groupBySeed([...items, { seed: undefined, index: 9 }, { seed: 'x', index: 10 }])).toEqual([
    { firstSeed: '5', lastSeed: '7', items: [items[2], items[4], items[6], items[1]] },
    { firstSeed: '20', lastSeed: '20', items: [items[5]] },
    { firstSeed: '9007199254740992', lastSeed: '9007199254740993', items: [items[3], items[0]] },
  ]);
});

test('groups hold every item once, and a gap lies between any two', () => {
  assert(
    property(array(bigInt({ min: 0n, max: 60n })), (seeds) => {
      const items = seeds.map((seed) => ({ seed: String(seed) }));
      const groups = groupBySeed(items);
      expect(new Set(groups.flatMap((group) => group.items))).toEqual(new Set(items));
      expect(groups.flatMap((group) => group.items)).toHaveLength(items.length);
      groups.forEach((group, index) => {
        const next = groups[index + 1];
        if (next) expect(BigInt(next.firstSeed) - BigInt(group.lastSeed)).toBeGreaterThan(1n);
        const inside = new Set(group.items.map(({ seed }) => seed));
        expect(inside.size).toBe(Number(BigInt(group.lastSeed) - BigInt(group.firstSeed)) + 1);
      });
    }),
  );
});
