import { expect, test } from 'vitest';

import { isUnfinished } from './is-unfinished.ts';

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
