import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { hashDistance } from './hash-distance.ts';

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => bits.toString(16).padStart(16, '0'));

describe('hashDistance', () => {
  test('counts differing bits', () => {
    expect(hashDistance('0000000000000000', 'ffffffffffffffff')).toBe(64);
    expect(hashDistance('8000000000000001', '0000000000000000')).toBe(2);
    expect(hashDistance('0f00000000000000', '0800000000000000')).toBe(3);
  });

  test('is a metric', () => {
    fc.assert(
      fc.property(hash, hash, hash, (a, b, c) => {
        expect(hashDistance(a, a)).toBe(0);
        expect(hashDistance(a, b)).toBe(hashDistance(b, a));
        expect(hashDistance(a, c)).toBeLessThanOrEqual(hashDistance(a, b) + hashDistance(b, c));
      }),
    );
  });

  test.each(['', '123', '00000000000000000', 'FFFFFFFFFFFFFFFF', 'zzzzzzzzzzzzzzzz'])(
    'refuses %o',
    (wrong) => {
      expect(() => hashDistance(wrong, '0000000000000000')).toThrow(TypeError);
    },
  );
});
