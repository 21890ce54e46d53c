import { expect, test } from 'vitest';

import { findTypedPart } from './typed-part.ts';

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
