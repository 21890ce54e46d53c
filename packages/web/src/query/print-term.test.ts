import { expect, it } from 'vitest';

import { folderTerm, isTerm, queryAddress } from './print-term.ts';

it('quotes names, also those with quotes and backslashes', () => {
  expect(isTerm('model', 'dream shaper')).toBe('model="dream shaper"');
  expect(isTerm('tag', String.raw`a "b" \c`)).toBe(String.raw`tag="a \"b\" \\c"`);
  expect(folderTerm(String.raw`C:\images`)).toBe(String.raw`folder:"C:\\images"`);
});

it('is an address whatever the query holds', () => {
  expect(queryAddress('a&b #"c"')).toBe('/?q=a%26b%20%23%22c%22');
});
