import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { takesOneMore, tokeniseSettings } from './tokenise-settings.ts';

const keys = [
  'Steps',
  'CFG scale',
  'Lora hashes',
  'Модель',
  '采样器',
  'X Values',
  'Hashes',
  'a'.repeat(80),
  'b'.repeat(81),
];
const values = [
  '20',
  '',
  ' x ',
  'DPM++ 2M, Karras',
  'one, Two Words, three',
  '"a: b, c"',
  '"never closed',
  '{"a": [1, 2]}',
  '{ never closed',
  'a | b: c',
  'x'.repeat(120),
  'Some Flag',
];
const item = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom(...keys), fc.constantFrom(': ', ':'), fc.constantFrom(...values))
      .map((parts) => parts.join('')),
  },
  fc.constantFrom('Restore faces', 'lower case', 'A'.repeat(150), '', ','),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const line = fc.array(item, { minLength: 1, maxLength: 6 }).map((items) =>
  items
    .join(', ')
    .replace(/[\r\n]/g, ' ')
    .trim(),
);

describe('tokeniseSettings', () => {
  test('a key is letters, digits and some signs of any script, 80 at most', () => {
    const key = /^[\p{L}\p{N}_][\p{L}\p{N}_ \-/()+&]{0,79}$/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }), (text) => {
        const entries = tokeniseSettings(`${text}: 1`);
        fc.pre(!text.includes(':') && !text.includes('\n'));
        expect(entries !== undefined).toBe(key.test(text));
        if (entries !== undefined) expect(entries).toEqual([[text.trimEnd(), '1']]);
      }),
      { numRuns: 2000 },
    );
  });

  test('a line that takes one more is read as before with one more', () => {
    let taking = 0;
    fc.assert(
      fc.property(line, (text) => {
        const settings = tokeniseSettings(text);
        if (settings === undefined || !takesOneMore(text, settings)) return;
        taking += 1;
        expect(tokeniseSettings(`${text}, Source Identifier: Stable Diffusion web UI`)).toEqual([
          ...settings,
          ['Source Identifier', 'Stable Diffusion web UI'],
        ]);
      }),
      { numRuns: 5000 },
    );
    expect(taking).toBeGreaterThan(1000);
  });
});
