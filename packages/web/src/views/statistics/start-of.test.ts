import { expect, it } from 'vitest';

import { startOf } from './start-of.ts';

it('gives the begin of days and months in the time zone of the browser', () => {
  expect(startOf('2024-02-29')).toBe(new Date(2024, 1, 29).getTime() / 1000);
  expect(startOf('2024-03')).toBe(new Date(2024, 2, 1).getTime() / 1000);
  expect(new Date(startOf('0024-01-01') * 1000).getFullYear()).toBe(24);
});
