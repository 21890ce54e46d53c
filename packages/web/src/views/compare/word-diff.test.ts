import fc from 'fast-check';
import { expect, test } from 'vitest';

import { diffWords, type DiffPart } from './word-diff.ts';

const text = (parts: readonly DiffPart[], side: 'left' | 'right') =>
  parts
    .filter((part) => part.side === 'both' || part.side === side)
    .map((part) => part.text)
    .join('');

test('words that differ, not letters', () => {
  expect(diffWords('a red fox, (snow:1.2)', 'a blue fox, (snow:1.3)')).toEqual([
    { text: 'a ', side: 'both' },
    { text: 'red', side: 'left' },
    { text: 'blue', side: 'right' },
    { text: ' fox, (snow:', side: 'both' },
    { text: '1.2', side: 'left' },
    { text: '1.3', side: 'right' },
    { text: ')', side: 'both' },
  ]);
});

test('scripts without spaces, by character', () => {
  expect(diffWords('竹林里的熊猫', '竹林里的狐狸')).toEqual([
    { text: '竹林里的', side: 'both' },
    { text: '熊猫', side: 'left' },
    { text: '狐狸', side: 'right' },
  ]);
});

test('equal and empty texts', () => {
  expect(diffWords('', '')).toEqual([]);
  expect(diffWords('a b', 'a b')).toEqual([{ text: 'a b', side: 'both' }]);
  expect(diffWords('', 'a')).toEqual([{ text: 'a', side: 'right' }]);
});

test('both texts can be read from the parts, and nothing is changed that both have in order', () => {
  const word = fc.constantFrom('a', 'b', 'c', ' ', ',', '熊', '\n');
  fc.assert(
    fc.property(fc.array(word), fc.array(word), (left, right) => {
      const parts = diffWords(left.join(''), right.join(''));
      expect(text(parts, 'left')).toBe(left.join(''));
      expect(text(parts, 'right')).toBe(right.join(''));
    }),
  );
});

test('texts without anything in common, however long, are told apart as a whole', () => {
  const left = Array.from({ length: 3000 }, (_, index) => `l${index}`).join(' - ');
  const right = Array.from({ length: 3000 }, (_, index) => `r${index}`).join(' + ');
  expect(diffWords(left, right)).toEqual([
    { text: left, side: 'left' },
    { text: right, side: 'right' },
  ]);
});
