import { expect, test } from 'vitest';

import { errorSpan } from './error-span.ts';

test.each([
  ['fox steps>many', 4, 'steps>many'],
  ['fox (steps>many OR x)', 5, 'steps>many'],
  ['fox "open', 4, '"open'],
  ['fox )', 4, ')'],
])('in %s what is wrong at %i is %s', (query, position, expected) => {
  const { start, end } = errorSpan(query, position);
  expect(query.slice(start, end)).toBe(expected);
});
