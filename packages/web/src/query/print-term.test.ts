import { expect, it } from 'vitest';

import { exactTerm, folderTerm, phraseTerm } from './print-term.ts';

it('quotes names that need it, also those with quotes and backslashes', () => {
  expect(exactTerm('model', 'dreamshaper_8')).toBe('model=dreamshaper_8');
  expect(exactTerm('model', 'dream shaper')).toBe('model="dream shaper"');
  expect(exactTerm('tag', String.raw`a "b" \c`)).toBe(String.raw`tag="a \"b\" \\c"`);
  expect(exactTerm('tag', 'OR')).toBe('tag="OR"');
  expect(folderTerm(String.raw`C:\my images`)).toBe(String.raw`folder:"C:\\my images"`);
});

it('quotes a text that the language would read as something else', () => {
  expect(['-fox', 'type:image', 'OR'].map(phraseTerm)).toEqual(['"-fox"', '"type:image"', '"OR"']);
});
