import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { sha256 } from './sha256.ts';

test('it is the digest that Node makes, at every length around the ends of blocks', () => {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  for (let length = 0; length < 200; length += 1) {
    const text = 'a'.repeat(length);
    expect(sha256(text)).toBe(digest(text));
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(sha256(text)).toBe(digest(text));
    }),
  );
});
