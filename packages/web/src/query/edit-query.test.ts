import fc from 'fast-check';
import { expect, test } from 'vitest';

import { withoutTerm, withTerm, withTermNegated } from './edit-query.ts';
import { printField, printValue } from './print-term.ts';
import { parseTerms } from './query-term.ts';

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

const value = fc.string({
  unit: fc.constantFrom('a', 'B', ' ', '"', '\\', '(', ')', '-', ':', 'é', '猫'),
  minLength: 1,
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
