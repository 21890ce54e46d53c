import { readFileSync } from 'node:fs';

import { api } from '@iib-kit/contract';
import { expect, test } from 'vitest';

import { connectionLimits, serviceLimits } from './limits.ts';

const document = readFileSync(new URL('../../../../docs/security.md', import.meta.url), 'utf8');
const rows = (document.split('<!-- limits -->')[1]?.split('<!-- end of limits -->')[0] ?? '')
  .trim()
  .split('\n')
  .slice(2)
  .map((row) =>
    row
      .split('|')
      .slice(1, 4)
      .map((cell) => cell.trim()),
  );

test('the security document lists every limit with its default', () => {
  const listed = (limits: object, where: string) =>
    Object.entries(limits).map(([name, value]) => [`\`${name}\``, where, String(value)]);
  expect(rows.filter(([, where]) => where !== 'fixed')).toEqual([
    ...listed(serviceLimits, 'service'),
    ...listed(connectionLimits, 'server'),
  ]);
});

test.each([
  [
    'paths in a request',
    (count: number) => api.tags.ofImages.input.safeParse({ paths: Array(count).fill('/a') }),
  ],
  ['length of a path', (length: number) => api.media.file.input.safeParse({ path: 'x'.repeat(length) })],
  ['page of a search', (size: number) => api.search.bySubstring.input.safeParse({ size })],
])('the limit of the %s is the one that is checked', (name, check) => {
  const limit = Number(rows.find(([limited]) => limited === name)?.[2]);
  expect([check(limit).success, check(limit + 1).success]).toEqual([true, false]);
});
