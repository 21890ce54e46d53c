import { expect, test } from 'vitest';

import { findTypedPart, type TypedPart } from '../query/typed-part.ts';
import { suggestionsFor, completionRequest, withSuggestion } from './suggestions.ts';

const partOf = (query: string): TypedPart => findTypedPart(query, query.length) ?? expect.fail();

test('a word may become a field or a tag', () => {
  const part = partOf('fox se');
  expect(completionRequest(part)).toEqual({ field: 'tag', prefix: 'se' });
  const suggestions = suggestionsFor(part, [{ value: 'sea view', count: 12 }]);
  expect(suggestions.map(({ label, text, count }) => [label, text, count])).toEqual([
    ['seed:', 'seed:', undefined],
    ['tag: sea view', 'tag="sea view"', 12],
  ]);
  expect(withSuggestion('fox se', part, suggestions[0] ?? expect.fail())).toEqual({
    query: 'fox seed:',
    caret: 9,
  });
  expect(withSuggestion('fox se', part, suggestions[1] ?? expect.fail())).toEqual({
    query: 'fox tag="sea view" ',
    caret: 19,
  });
});

test('values take the place of what was typed of them, also in front of more', () => {
  const query = '(model:dr OR fox)';
  const part = findTypedPart(query, 9) ?? expect.fail();
  expect(completionRequest(part)).toEqual({ field: 'model', prefix: 'dr' });
  const [first] = suggestionsFor(part, [{ value: 'Dream "X"', count: 1 }]);
  expect(withSuggestion(query, part, first ?? expect.fail())).toEqual({
    query: String.raw`(model:"Dream \"X\"" OR fox)`,
    caret: 20,
  });
});

test('fields with few values have them all', () => {
  expect(suggestionsFor(partOf('type:v'), []).map(({ text }) => text)).toEqual(['video']);
  expect(suggestionsFor(partOf('has:'), []).map(({ text }) => text)).toEqual([
    'text',
    'seed',
    'rating',
    'note',
    'tag',
  ]);
  expect([completionRequest(partOf('steps>2')), suggestionsFor(partOf('steps>2'), [])]).toEqual([
    undefined,
    [],
  ]);
});
