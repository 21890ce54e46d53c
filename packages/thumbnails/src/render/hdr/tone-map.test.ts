import { expect, test } from 'vitest';

import { toneMap } from './tone-map.ts';

const wide = (value: number): number => Math.round(value * 65_535);
const grey = (value: number): Uint16Array => new Uint16Array(3).fill(wide(value));

// The values that ITU-R BT.2408 gives for reference white and 18 % grey.
test.each([
  ['black of PQ', 'pq', 0, 0],
  ['18 % grey of PQ', 'pq', 0.38, 103],
  ['white of PQ', 'pq', 0.58, 244],
  ['10,000 nits of PQ', 'pq', 1, 255],
  ['black of HLG', 'hlg', 0, 0],
  ['18 % grey of HLG', 'hlg', 0.38, 103],
  ['white of HLG', 'hlg', 0.75, 244],
  ['the peak of HLG', 'hlg', 1, 255],
] as const)('%s', (_, transfer, value, expected) => {
  const [red = -1, green = -1, blue = -1] = toneMap(grey(value), 3, { transfer, isWide: true });
  expect([green - red, blue - red].every((difference) => Math.abs(difference) <= 1)).toBe(true);
  expect(Math.abs(red - expected)).toBeLessThanOrEqual(6);
});

test('a red of BT.2020 is beyond sRGB, and stays red', () => {
  const red = Uint16Array.of(wide(0.5), 0, 0);
  const [, green, blue] = toneMap(red, 3, { transfer: 'pq', isWide: true });
  expect([green, blue]).toEqual([0, 0]);
  const narrow = toneMap(red, 3, { transfer: 'pq', isWide: false });
  expect(narrow[0]).toBeLessThan(toneMap(red, 3, { transfer: 'pq', isWide: true })[0] ?? 0);
});

test('transparency is kept', () => {
  const pixel = Uint16Array.of(wide(0.58), wide(0.58), wide(0.58), wide(0.5));
  expect(toneMap(pixel, 4, { transfer: 'pq', isWide: false })[3]).toBe(128);
});
