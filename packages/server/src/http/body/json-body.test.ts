import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { expect, test } from 'vitest';

import { LazyList } from '../../ports/lazy-list.ts';
import { jsonBody } from './json-body.ts';

const numbers = (length: number) => Array.from({ length }, (_, number) => ({ number, text: `"${number}\n` }));

test('what is short is one text', () => {
  for (const value of [null, 'a', 5, [1, 2], { a: [1], b: undefined }, { files: numbers(2000) }]) {
    expect(jsonBody(value)).toBe(JSON.stringify(value));
  }
});

test.each([2001, 3000, 12_345])(
  'a field with %d items is written in pieces of the same text',
  async (length) => {
    const value = { before: { x: [1] }, none: undefined, files: numbers(length), after: 'end', empty: [] };
    const body = jsonBody(value);
    if (!(body instanceof Readable)) throw new Error('one text');
    const pieces: string[] = [];
    for await (const piece of body) pieces.push(String(piece));
    expect(pieces.join('')).toBe(JSON.stringify(value));
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(60_000);
  },
);

test('the items of a lazy list are made when they are written', async () => {
  let made = 0;
  const list = new LazyList(numbers(5000), ({ number }) => {
    made += 1;
    return { n: number };
  });
  const body = jsonBody({ files: list });
  expect(made).toBe(0);
  if (!(body instanceof Readable)) throw new Error('one text');
  const written = JSON.parse(await text(body)) as { files: { n: number }[] };
  expect([made, written.files.length, written.files[4999]]).toEqual([5000, 5000, { n: 4999 }]);
  expect(jsonBody({ files: new LazyList([1, 2], (n) => n * 2) })).toBe('{"files":[2,4]}');
});
