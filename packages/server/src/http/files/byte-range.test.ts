import { expect, test } from 'vitest';

import { parseByteRange } from './byte-range.ts';

test.each([
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=1-3', { first: 1, last: 3 }],
  ['Bytes= 4-', { first: 4, last: 9 }],
  ['bytes=8-999999', { first: 8, last: 9 }],
  [`bytes=9-${'9'.repeat(400)}`, { first: 9, last: 9 }],
  ['bytes=-4', { first: 6, last: 9 }],
  ['bytes=-11', { first: 0, last: 9 }],
])('%s of ten bytes', (header, range) => {
  expect(parseByteRange(header, 10)).toEqual(range);
});

test.each(['bytes=10-', 'bytes=10-12', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])(
  '%s asks for nothing that ten bytes have',
  (header) => {
    expect(parseByteRange(header, 10)).toBe('unsatisfiable');
  },
);

test.each(['bytes=', 'bytes=-', 'bytes=3-1', 'bytes=1-2,4-5', 'bytes=a-b', 'items=0-1', 'bytes=0x1-2', ''])(
  '%j asks for the whole',
  (header) => {
    expect(parseByteRange(header, 10)).toBeUndefined();
  },
);

test('an empty file has no range, and its end is the whole of it', () => {
  expect(parseByteRange('bytes=0-', 0)).toBe('unsatisfiable');
  expect(parseByteRange('bytes=-5', 0)).toBeUndefined();
});
