import { expect, test } from 'vitest';

import { isFaultOfFile } from './is-fault-of-file.ts';
import { ThumbnailError, type ThumbnailErrorCode } from './thumbnail-error.ts';

test.each<[ThumbnailErrorCode, boolean]>([
  ['truncated', true],
  ['too-large', true],
  ['timeout', true],
  ['crashed', true],
  ['not-found', false],
  ['queue-full', false],
  ['renderer-unavailable', false],
  ['cache-unwritable', false],
])('whether %s would happen again with the same file: %s', (code, expected) => {
  expect(isFaultOfFile(new ThumbnailError(code, ''))).toBe(expected);
});
