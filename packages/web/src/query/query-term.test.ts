import fc from 'fast-check';
import { expect, test } from 'vitest';

import { completionFields } from '@iib-kit/contract/vocabulary';
import { errorSpan } from './error-span.ts';
import { printField } from './print-term.ts';
import { parseTerms } from './query-term.ts';
import { findTypedPart } from './typed-part.ts';

test('a query is words, phrases, fields and groups', () => {
  const query = 'fox -"blurry hands" model:"Dream Shaper" steps>20 (rating>=4 OR tag=like) -lora=x unknown:1';
  expect(
    parseTerms(query).map(({ kind, isNegated, field, comparison, value }) => [
      kind,
      isNegated,
      field,
      comparison,
      value,
    ]),
  ).toEqual([
    ['word', false, undefined, undefined, 'fox'],
    ['word', true, undefined, undefined, 'blurry hands'],
    ['field', false, 'model', ':', 'Dream Shaper'],
    ['field', false, 'steps', '>', '20'],
    ['group', false, undefined, undefined, 'rating>=4 OR tag=like'],
    ['field', true, 'lora', '=', 'x'],
    ['word', false, undefined, undefined, 'unknown:1'],
  ]);
});

const value = fc.string({
  unit: fc.constantFrom('a', 'B', ' ', '"', '\\', '(', ')', '-', ':', 'é', '猫'),
  minLength: 1,
});

test('every value comes back from a query as it went in', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...completionFields),
      value,
      fc.constantFrom(':', '='),
      (field, value, comparison) => {
        const [term, ...more] = parseTerms(`fox ${printField(field, comparison, value)} last`).slice(1);
        expect([term?.kind, term?.field, term?.comparison, term?.value, more.length]).toEqual([
          'field',
          field,
          comparison,
          value,
          1,
        ]);
      },
    ),
  );
});

test('any text has parts that lie in it one after the other', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '(', ')', '-', ':', 'O', 'R') }),
      (query) => {
        let end = 0;
        for (const term of parseTerms(query)) {
          expect(term.start).toBeGreaterThanOrEqual(end);
          expect(query.slice(term.start, term.end)).toBe(term.text);
          ({ end } = term);
        }
        findTypedPart(query, Math.floor(query.length / 2));
        errorSpan(query, Math.floor(query.length / 2));
      },
    ),
  );
});
