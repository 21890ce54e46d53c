import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Shuffle } from './shuffle.ts';

const seed = fc.nat();

it('is an order in which every id comes once', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 300 }), (chance, highest) => {
      const shuffle = new Shuffle(Shuffle.seedFor(chance, highest));
      const ids = Array.from({ length: 1024 }, (_, position) => shuffle.idAt(position));
      expect(new Set(ids).size).toBe(1024);
      expect(ids.map((id) => shuffle.positionOf(id))).toEqual(ids.map((_, position) => position));
    }),
  );
});

it('knows the positions of ids of any size', () => {
  fc.assert(
    fc.property(
      seed,
      fc.integer({ min: 1, max: 2 ** 40 }),
      fc.integer({ min: 0, max: 2 ** 41 }),
      (chance, highest, id) => {
        const shuffle = new Shuffle(Shuffle.seedFor(chance, highest));
        expect(shuffle.idAt(shuffle.positionOf(id))).toBe(id);
      },
    ),
  );
});

it('scatters neighbours, differently for each seed', () => {
  const positions = (chance: number) => {
    const shuffle = new Shuffle(Shuffle.seedFor(chance, 1_000_000));
    return Array.from({ length: 1000 }, (_, id) => shuffle.positionOf(id));
  };
  const inOrder = positions(5).filter((position, id, all) => position > (all[id - 1] ?? 0)).length;
  expect(inOrder).toBeGreaterThan(430);
  expect(inOrder).toBeLessThan(570);
  expect(positions(5)).toEqual(positions(5));
  expect(positions(5).filter((position, id) => position === positions(6)[id]).length).toBeLessThan(5);
});
