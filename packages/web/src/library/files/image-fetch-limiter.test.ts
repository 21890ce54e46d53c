import { expect, test } from 'vitest';

import { acquireImageFetchSlot } from './image-fetch-limiter.ts';

test('four at once, the others in their order as places come free, and none that left the queue', () => {
  const begun: number[] = [];
  const leave = Array.from({ length: 8 }, (_, number) => acquireImageFetchSlot(() => begun.push(number)));
  expect(begun).toEqual([0, 1, 2, 3]);
  leave[5]?.();
  leave[0]?.();
  leave[1]?.();
  expect(begun).toEqual([0, 1, 2, 3, 4, 6]);
  // What gives its place back twice gives no second one.
  leave[0]?.();
  leave[5]?.();
  expect(begun).toEqual([0, 1, 2, 3, 4, 6]);
  for (const one of leave) one();
  expect(begun).toEqual([0, 1, 2, 3, 4, 6, 7]);
  const more: number[] = [];
  const others = Array.from({ length: 5 }, (_, number) => acquireImageFetchSlot(() => more.push(number)));
  expect(more).toEqual([0, 1, 2, 3]);
  for (const one of others) one();
});
