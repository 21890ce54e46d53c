import fc from 'fast-check';
import { expect, test } from 'vitest';

import { withoutTerm, withTerm, withTermNegated } from './edit-query.ts';
import { errorSpan } from './error-span.ts';
import { isUnfinished } from './is-unfinished.ts';
import { printField, printValue } from './print-term.ts';
import { completionFields } from '@iib-kit/contract/vocabulary';
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

test('alternatives are one part, and go into brackets when something is added', () => {
  const query = 'fox OR wolf';
  expect(parseTerms(query).map(({ text }) => text)).toEqual(['fox OR wolf']);
  expect(withTerm(query, 'rating>=4')).toBe('(fox OR wolf) rating>=4');
  expect(withTermNegated(query, parseTerms(query)[0] ?? expect.fail())).toBe('-(fox OR wolf)');
});

test('a part is taken away, or turned and back', () => {
  const query = 'fox  model:a -tag=b';
  const [, model, tag] = parseTerms(query);
  expect(withoutTerm(query, model ?? expect.fail())).toBe('fox -tag=b');
  expect(withTermNegated(query, model ?? expect.fail())).toBe('fox  -model:a -tag=b');
  expect(withTermNegated(query, tag ?? expect.fail())).toBe('fox  model:a tag=b');
  expect(withTerm(query, '-tag=b')).toBe(query);
});

test.each([
  ['mod', 3, { start: 0, end: 3, field: undefined, comparison: '', text: 'mod' }],
  ['fox model:dre', 13, { start: 10, end: 13, field: 'model', comparison: ':', text: 'dre' }],
  ['fox model:dream x', 13, { start: 10, end: 15, field: 'model', comparison: ':', text: 'dre' }],
  ['-model="Dream Sh', 16, { start: 7, end: 16, field: 'model', comparison: '=', text: 'Dream Sh' }],
  ['model="Dream Sh" fox', 12, { start: 6, end: 16, field: 'model', comparison: '=', text: 'Dream' }],
  ['(tag:a OR tag:', 14, { start: 14, end: 14, field: 'tag', comparison: ':', text: '' }],
  ['fox ', 4, undefined],
  ['"a phrase', 9, undefined],
])('in %s, at %i, what is typed is %o', (query, caret, expected) => {
  expect(findTypedPart(query, caret)).toEqual(expected);
});

test.each([
  ['fox steps>many', 4, 'steps>many'],
  ['fox (steps>many OR x)', 5, 'steps>many'],
  ['fox "open', 4, '"open'],
  ['fox )', 4, ')'],
])('in %s what is wrong at %i is %s', (query, position, expected) => {
  const { start, end } = errorSpan(query, position);
  expect(query.slice(start, end)).toBe(expected);
});

test('a query that is still being typed is known as such', () => {
  for (const query of [
    'fox model:',
    'steps>',
    '-tag=',
    '"a phr',
    'model="a b',
    '(fox OR wolf',
    'fox OR',
    'fox OR ',
    'fox -',
    'tag="a \\"',
  ]) {
    expect([query, isUnfinished(query)]).toEqual([query, true]);
  }
  for (const query of [
    '',
    'fox',
    'model:a',
    '"a phrase"',
    '(fox OR wolf)',
    'steps>many',
    'half-',
    'tag="a \\""',
    'why:',
  ]) {
    expect([query, isUnfinished(query)]).toEqual([query, false]);
  }
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

test('what was added and taken away again leaves what was there', () => {
  fc.assert(
    fc.property(fc.array(value.map(printValue), { minLength: 1 }), value, (words, added) => {
      const query = words.join(' ');
      fc.pre(!parseTerms(query).some(({ kind }) => kind === 'group'));
      const term = printField('tag', '=', `${added} is new`);
      const longer = withTerm(query, term);
      const last = parseTerms(longer).at(-1);
      expect(last?.text).toBe(term);
      expect(withoutTerm(longer, last ?? expect.fail())).toBe(query.trim());
    }),
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
