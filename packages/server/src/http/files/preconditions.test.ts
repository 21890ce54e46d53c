import { expect, test } from 'vitest';

import { evaluatePreconditions, isRangeCurrent } from './preconditions.ts';

const state = { etag: '"a"', modified: Date.UTC(2024, 0, 1, 12, 0, 0, 500) };
const before = 'Mon, 01 Jan 2024 11:59:59 GMT';
const exactly = 'Mon, 01 Jan 2024 12:00:00 GMT';

test.each([
  [{}, 'go-on'],
  [{ 'if-none-match': '"a"' }, 'not-modified'],
  [{ 'if-none-match': '"x", W/"a"' }, 'not-modified'],
  [{ 'if-none-match': '*' }, 'not-modified'],
  [{ 'if-none-match': 'a' }, 'go-on'],
  [{ 'if-none-match': '"b"', 'if-modified-since': exactly }, 'go-on'],
  [{ 'if-modified-since': exactly }, 'not-modified'],
  [{ 'if-modified-since': before }, 'go-on'],
  [{ 'if-modified-since': 'yesterday' }, 'go-on'],
  [{ 'if-match': '"b", "a"' }, 'go-on'],
  [{ 'if-match': '*' }, 'go-on'],
  [{ 'if-match': 'W/"a"' }, 'failed'],
  [{ 'if-match': '"b"' }, 'failed'],
  [{ 'if-match': '"a"', 'if-unmodified-since': before }, 'go-on'],
  [{ 'if-unmodified-since': before }, 'failed'],
  [{ 'if-unmodified-since': exactly }, 'go-on'],
  [{ 'if-match': '"a"', 'if-none-match': '"a"' }, 'not-modified'],
])('%j comes to %s', (headers, outcome) => {
  expect(evaluatePreconditions(headers, state)).toBe(outcome);
});

test('dates do not count for what has none', () => {
  expect(evaluatePreconditions({ 'if-modified-since': exactly }, { etag: '"a"' })).toBe('go-on');
});

test.each([
  [{}, true],
  [{ 'if-range': '"a"' }, true],
  [{ 'if-range': 'W/"a"' }, false],
  [{ 'if-range': '"b"' }, false],
  [{ 'if-range': exactly }, true],
  [{ 'if-range': before }, false],
  [{ 'if-range': 'yesterday' }, false],
])('whether %j lets a range through: %s', (headers, current) => {
  expect(isRangeCurrent(headers, state)).toBe(current);
});
