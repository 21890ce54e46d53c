import { expect, test } from 'vitest';

import { ratio } from './ratio.ts';

test('a fraction has a value', () => {
  expect([ratio({ num: 30_000, den: 1001 }), ratio({ num: 1, den: 2 })]).toEqual([30_000 / 1001, 0.5]);
});

test.each([
  ['a frame rate of 0/1', 0, 1],
  ['0/0, which FFmpeg gives where it does not know', 0, 0],
  ['a denominator of 0', 25, 0],
  ['a negative one', -1, 25],
])('%s is none', (_, num, den) => {
  expect(ratio({ num, den })).toBeUndefined();
});
