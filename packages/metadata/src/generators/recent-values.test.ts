import { expect, it } from 'vitest';
import { nextFile, RecentValues } from './recent-values.ts';

it('remembers a value while its file and those after it are described, and no longer', () => {
  const values = new RecentValues<object, string>();
  const key = {};
  values.set(key, 'said');
  for (let count = 0; count < 16; count += 1) {
    expect(values.get(key)).toBe('said');
    nextFile();
    values.set({}, 'other');
  }
  for (let count = 0; count < 32; count += 1) {
    nextFile();
    values.set({}, 'other');
  }
  expect(values.get(key)).toBeUndefined();
});
