import { expect, test } from 'vitest';

import { suggestNames } from './tag-suggestions.ts';

test('names that begin with the text come first, taken ones not at all', () => {
  const names = ['dark fox', 'like', 'Fox', 'foxes', 'owl'];
  expect(suggestNames(names, ' fo', ['foxes'])).toEqual(['Fox', 'dark fox']);
  expect(suggestNames(names, '', [])).toEqual(names);
});
