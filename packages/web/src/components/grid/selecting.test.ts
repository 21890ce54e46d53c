import { expect, test } from 'vitest';

import { extendTo, nothingSelected, selectAll, toggle } from './selecting.ts';

test('shift goes from the image that was chosen last, back and forth', () => {
  const one = toggle(nothingSelected, 3);
  const down = extendTo(one, 7, 3);
  expect(down.indices.ranges).toEqual([[3, 8]]);
  expect(extendTo(down, 5, 7).indices.ranges).toEqual([[3, 6]]);
  expect(extendTo(down, 1, 7).indices.ranges).toEqual([[1, 4]]);
});

test('what was selected besides stays', () => {
  const two = toggle(toggle(nothingSelected, 20), 3);
  expect(extendTo(two, 5, 3).indices.ranges).toEqual([
    [3, 6],
    [20, 21],
  ]);
});

test('without one chosen it goes from where the focus is', () => {
  expect(extendTo(nothingSelected, 5, 4).indices.ranges).toEqual([[4, 6]]);
});

test('all but one is two ranges', () => {
  expect(toggle(selectAll(1_000_000), 10).indices.ranges).toEqual([
    [0, 10],
    [11, 1_000_000],
  ]);
});
