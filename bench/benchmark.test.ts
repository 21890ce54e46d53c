import { expect, test } from 'vitest';
import { wholeNumber } from './benchmark.ts';

test('an option that is not given has its default, one that is given its number', () => {
  expect(wholeNumber({}, 'images', 20_000)).toBe(20_000);
  expect(wholeNumber({ images: '500' }, 'images', 20_000)).toBe(500);
});

test.each(['0', '-3', '1.5', 'many', '1e400'])('%s is no number of images', (images) => {
  expect(() => wholeNumber({ images }, 'images', 1)).toThrow(
    `--images must be a whole number from 1 up, not ${images}`,
  );
});
