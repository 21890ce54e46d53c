import { expect, test } from 'vitest';

import { resolveLimits, serviceLimits } from './limits.ts';

test('what is given takes the place of its default, and only of that', () => {
  expect(resolveLimits<object>(serviceLimits, { bodyBytes: 10, wrongKeys: undefined })).toEqual({
    ...serviceLimits,
    bodyBytes: 10,
  });
});

test.each([
  [{ bodybytes: 1 }, new TypeError('unknown limit "bodybytes"; did you mean "bodyBytes"?')],
  [{ bodyBytes: 0 }, new RangeError('limit bodyBytes must be a whole number above 0, not 0')],
  [{ wrongKeys: 1.5 }, new RangeError('limit wrongKeys must be a whole number above 0, not 1.5')],
  [{ wrongKeys: '9' }, new RangeError('limit wrongKeys must be a whole number above 0, not "9"')],
  [{ wrongKeys: Infinity }, new RangeError('limit wrongKeys must be a whole number above 0, not null')],
])('%j is refused', (given, error) => {
  expect(() => resolveLimits<object>(serviceLimits, given)).toThrow(error);
});
