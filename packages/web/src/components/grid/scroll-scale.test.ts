import fc from 'fast-check';
import { expect, test } from 'vitest';

import { MAX_ELEMENT_HEIGHT, ScrollScale } from './scroll-scale.ts';

function scaleOf(list: number, window = 800): ScrollScale {
  const scale = new ScrollScale();
  scale.resize({ list, window });
  return scale;
}

test('a list that fits moves as its element does', () => {
  const scale = scaleOf(5000);
  expect([scale.elementHeight, scale.scrolled(3000), scale.offset, scale.properScrollTop]).toEqual([
    5000, 3000, 0, 3000,
  ]);
});

test('of a taller one the scroll bar shows the whole, and steps move it pixel by pixel', () => {
  const scale = scaleOf(100_000_000);
  expect(scale.elementHeight).toBe(MAX_ELEMENT_HEIGHT);
  expect(scale.scrolled((MAX_ELEMENT_HEIGHT - 800) / 2)).toBeCloseTo((100_000_000 - 800) / 2, 3);
  const before = scale.y;
  expect(scale.scrolled((MAX_ELEMENT_HEIGHT - 800) / 2 + 120) - before).toBe(120);
  expect(scale.scrolled(MAX_ELEMENT_HEIGHT - 800)).toBe(100_000_000 - 800);
  expect(scale.scrolled(0)).toBe(0);
});

test('the same place is kept when the list grows, as far as it can be', () => {
  const scale = scaleOf(30_000_000);
  scale.moveTo(20_000_000);
  const scrollTop = scale.resize({ list: 40_000_000, window: 800 });
  expect([scale.y, scale.offset]).toEqual([20_000_000, 20_000_000 - scrollTop]);
  scale.resize({ list: 1000, window: 800 });
  expect(scale.y).toBe(200);
  scale.resize({ list: 500, window: 800 });
  expect(scale.y).toBe(0);
});

const sizes = fc.record({
  list: fc.oneof(fc.integer({ min: 800, max: 100_000 }), fc.integer({ min: 800, max: 300_000_000 })),
  window: fc.integer({ min: 100, max: 4000 }),
});

test('every part of the list can be scrolled to, and the element is then where it says', () => {
  fc.assert(
    fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), ({ list, window }, share) => {
      const scale = scaleOf(list, window);
      const y = share * Math.max(0, list - window);
      const scrollTop = scale.moveTo(y);
      expect(scale.y).toBe(y);
      expect(scrollTop).toBeGreaterThanOrEqual(0);
      expect(scrollTop).toBeLessThanOrEqual(Math.max(0, scale.elementHeight - window) + 1e-6);
      const other = scaleOf(list, window);
      other.moveTo(list);
      // A jump, as by the scroll bar, unless it is a short way.
      if (Math.abs(scrollTop - other.properScrollTop) > 2 * window)
        expect(other.scrolled(scrollTop)).toBeCloseTo(y, 2);
    }),
  );
});

test('further down the bar is further down the list', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.nat(MAX_ELEMENT_HEIGHT),
      fc.nat(MAX_ELEMENT_HEIGHT),
      ({ list, window }, first, second) => {
        const at = (scrollTop: number) => {
          const scale = scaleOf(list, window);
          const end = Math.max(0, scale.elementHeight - window);
          scale.moveTo(list);
          scale.scrolled(end + 10 * window + 1);
          return scale.scrolled(Math.min(end, scrollTop));
        };
        const [low, high] = first < second ? [first, second] : [second, first];
        expect(at(low)).toBeLessThanOrEqual(at(high) + 1e-6);
      },
    ),
  );
});
