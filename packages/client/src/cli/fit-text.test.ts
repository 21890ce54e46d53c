import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cutText, fitText, textWidth } from './fit-text.ts';

test.each([
  ['a kite', 10, 'a kite'],
  ['a kite', 4, 'a k…'],
  ['雪山と湖', 8, '雪山と湖'],
  ['雪山と湖', 6, '雪山…'],
  ['👩‍👩‍👧 family', 5, '👩‍👩‍👧 f…'],
  ['a', 0, ''],
])('%s cut to %i columns is %s', (text, width, cut) => {
  expect(cutText(text, width)).toBe(cut);
});

test('of a path the end stays', () => {
  expect(cutText('/library/2024/雪山.png', 12, 'end')).toBe('…24/雪山.png');
});

test('a fitted text takes exactly its columns', () => {
  expect(fitText('雪', 4)).toBe('雪  ');
  expect(fitText('雪', 4, { align: 'right' })).toBe('  雪');
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '雪', '🦊', 'é', '한', 'é') }),
      fc.integer({ min: 1, max: 40 }),
      (text, width) => {
        expect(textWidth(fitText(text, width))).toBe(width);
        expect(textWidth(fitText(text, width, { keep: 'end' }))).toBe(width);
      },
    ),
  );
});
