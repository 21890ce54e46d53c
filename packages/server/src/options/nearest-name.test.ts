import { expect, test } from 'vitest';

import { nearestName } from './nearest-name.ts';

const known = ['extraPaths', 'cacheDir', 'dbPath', 'base', 'log'];

test.each([
  ['extraPath', 'extraPaths'],
  ['extra_paths', 'extraPaths'],
  ['db-path', 'dbPath'],
  ['chacheDir', 'cacheDir'],
  ['lgo', undefined],
  ['bsae', 'base'],
  ['bas', 'base'],
  ['somethingElse', undefined],
  ['', undefined],
])('%j is nearest to %j', (misspelt, nearest) => {
  expect(nearestName(misspelt, known)).toBe(nearest);
});

test('of two that are near the nearer is taken', () => {
  expect(nearestName('cacheDirs', ['cacheDirty', 'cacheDir'])).toBe('cacheDir');
});
