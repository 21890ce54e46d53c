import { expect, test } from 'vitest';

import { monthsOf } from './months-of.ts';

test('days of a month are one month, which begins where its first image is', () => {
  expect(
    monthsOf([
      { date: '2024-05-02', count: 3 },
      { date: '2024-05-02', count: 1 },
      { date: '2024-05-01', count: 2 },
      { date: '2024-03-31', count: 7 },
    ]),
  ).toEqual([
    { month: '2024-05', count: 6, start: 0 },
    { month: '2024-03', count: 7, start: 6 },
  ]);
  expect(monthsOf([{ date: null, count: 9 }])).toEqual([]);
});
