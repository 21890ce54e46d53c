import { expect, it } from 'vitest';
import { remember } from './remember.ts';

function counted() {
  const asked: string[] = [];
  const upper = remember((text) => {
    asked.push(text);
    return text.toUpperCase();
  });
  return { asked, upper };
}

it('computes once for a text that comes again', () => {
  const { asked, upper } = counted();
  expect([upper('wind'), upper('wind'), upper('a lighthouse by the sea'), upper('wind')]).toEqual([
    'WIND',
    'WIND',
    'A LIGHTHOUSE BY THE SEA',
    'WIND',
  ]);
  expect(asked).toEqual(['wind', 'a lighthouse by the sea']);
});

it('does not keep long texts', () => {
  const { asked, upper } = counted();
  const long = 'x'.repeat(81);
  upper(long);
  upper(long);
  expect(asked).toHaveLength(2);
});

it('holds four thousand texts at most', () => {
  const { asked, upper } = counted();
  upper('first');
  for (let count = 0; count < 4000; count += 1) upper(`text ${count}`);
  upper('first');
  expect(asked.filter((text) => text === 'first')).toHaveLength(2);
});
