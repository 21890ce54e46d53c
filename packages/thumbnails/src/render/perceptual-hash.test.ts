import { describe, expect, test } from 'vitest';

import { differenceHash } from './perceptual-hash.ts';

const rows = (row: (y: number) => number[]): Uint8Array =>
  Uint8Array.from(Array.from({ length: 8 }, (_, y) => row(y)).flat());

describe('differenceHash', () => {
  test('sets a bit where the right neighbour is brighter', () => {
    const rising = [0, 10, 20, 30, 40, 50, 60, 70, 80];
    expect(differenceHash(rows(() => rising))).toBe('ffffffffffffffff');
    expect(differenceHash(rows(() => rising.toReversed()))).toBe('0000000000000000');
    expect(differenceHash(rows(() => Array.from({ length: 9 }, () => 99)))).toBe('0000000000000000');
  });

  test('goes through the rows from the top, and sets the highest bit for the first pair', () => {
    const firstPair = [0, 9, 9, 9, 9, 9, 9, 9, 9];
    const lastPair = [0, 0, 0, 0, 0, 0, 0, 0, 9];
    const dark = Array.from({ length: 9 }, () => 0);
    expect(differenceHash(rows((y) => (y === 0 ? firstPair : dark)))).toBe('8000000000000000');
    expect(differenceHash(rows((y) => (y === 7 ? lastPair : dark)))).toBe('0000000000000001');
    expect(differenceHash(rows((y) => (y === 1 ? firstPair : dark)))).toBe('0080000000000000');
  });
});
