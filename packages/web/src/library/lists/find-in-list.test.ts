import type { IndexedFileInfo } from '@iib-kit/contract';
import { expect, test } from 'vitest';

import { findInList, likelyRanges } from './find-in-list.ts';
import { createFixedList } from './fixed-list.ts';

const file = (number: number): IndexedFileInfo => ({
  type: 'file',
  id: number,
  name: `${number}.png`,
  fullpath: `/${number}.png`,
  date: number,
  created_time: number,
  created_date: number,
  size: '1 B',
  bytes: 1,
  is_under_scanned_path: true,
});
const { signal } = new AbortController();

test('the day of a file and those beside it, by whichever clock', () => {
  const blocks = ['2026-01-04', '2026-01-03', '2026-01-03', '2026-01-01', '2025-12-31'].map((date) => ({
    date,
    count: 10,
  }));
  expect(likelyRanges(blocks, Date.UTC(2026, 0, 2, 12) / 1000)).toEqual([[10, 40]]);
  expect(
    likelyRanges(
      [
        { date: null, count: 5 },
        { date: null, count: 5 },
      ],
      0,
    ),
  ).toEqual([[0, 10]]);
});

test('a file is found beyond the first part, one that is not there is not', async () => {
  const list = createFixedList(
    'all',
    Array.from({ length: 2500 }, (_, number) => file(number)),
  );
  expect(await findInList(list, file(2400), signal)).toBe(2400);
  expect(await findInList(list, file(9999), signal)).toBeUndefined();
});

test('a list without end is given up', async () => {
  const list = createFixedList(
    'all',
    Array.from({ length: 12_000 }, (_, number) => file(number)),
  );
  expect(await findInList(list, file(11_999), signal)).toBeUndefined();
});
