import fc from 'fast-check';
import { expect, test } from 'vitest';

import { printable, printableJson, printableLines } from './printable.ts';

test.each([
  ['plain 雪山 🦊 é', 'plain 雪山 🦊 é'],
  ['\u001b[31mred\u001b]0;title\u0007', String.raw`\u001b[31mred\u001b]0;title\u0007`],
  ['two\nlines\r', String.raw`two\u000alines\u000d`],
  ['C1 \u009b2J', String.raw`C1 \u009b2J`],
  ['turned \u202egnp.exe', String.raw`turned \u202egnp.exe`],
  ['half \ud83d', String.raw`half \ud83d`],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('whatever the text, nothing that a terminal acts upon is left, and JSON means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(JSON.parse(printableJson({ text }))).toEqual({ text });
      expect(printableJson({ text })).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test('of several lines the line breaks and tabs stay', () => {
  expect(printableLines('a\r\nb\tc\u001b[1m\rd')).toBe('a\nb\tc\\u001b[1m\nd');
});
