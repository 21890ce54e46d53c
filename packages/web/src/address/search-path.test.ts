import { expect, it } from 'vitest';

import { searchPath } from './search-path.ts';

it('escapes whatever the query holds', () => {
  expect(searchPath('a&b #"c"')).toBe('/?q=a%26b%20%23%22c%22');
});
