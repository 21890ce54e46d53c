import type { Api } from '@iib-kit/contract';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { serviceLimits } from '../options/limits.ts';
import { bodyBudget } from './body/body-budget.ts';
import { readInput } from './read-input.ts';
import { routeTable } from './route-table.ts';

const common = { summary: '', permission: 'read', output: z.null(), errors: [] } as const;
const api = {
  group: {
    fixed: { ...common, method: 'GET', path: '/img/list', input: z.object({}) },
    one: {
      ...common,
      method: 'GET',
      path: '/img/{filename}',
      input: z.object({ filename: z.string(), t: z.string().optional() }),
    },
    rest: {
      ...common,
      method: 'POST',
      path: '/files/{path}',
      input: z.object({ path: z.string().max(20), size: z.number() }),
    },
  },
} as const satisfies Api;
const handler = async () => null;
const table = routeTable(api, { group: { fixed: handler, one: handler, rest: handler } }, {});

async function inputOf(
  method: 'GET' | 'POST',
  path: string,
  query: string,
  body: unknown = {},
): Promise<unknown> {
  const match = table.find(path);
  const route = match?.methods.get(method);
  if (match === undefined || route === undefined) return undefined;
  const request = { query: new URLSearchParams(query), readBody: async () => body };
  return readInput(route.endpoint, request, match.parameters, bodyBudget(serviceLimits));
}

test('parameters of the path are part of the input, decoded once', async () => {
  expect(await inputOf('GET', '/img/a%20b.png', 't=1')).toEqual({ filename: 'a b.png', t: '1' });
  expect(await inputOf('GET', '/img/a%252Fb%2Fc', '')).toEqual({ filename: 'a%2Fb/c' });
  expect(await inputOf('POST', '/files/a/b%2Fc//d', '', { size: 3 })).toEqual({ path: 'a/b/c//d', size: 3 });
});

test('what stands in the path goes before the same name elsewhere', async () => {
  expect(await inputOf('GET', '/img/a.png', 'filename=b.png')).toEqual({ filename: 'a.png' });
  expect(await inputOf('POST', '/files/a', '', { path: '/etc', size: 1 })).toEqual({ path: 'a', size: 1 });
});

test('a path without parameters goes before one with', async () => {
  expect(await inputOf('GET', '/img/list', '')).toEqual({});
});

test.each(['/img', '/img/a/b', '/files', '/files/', '/other', '', '/'])('%j is no endpoint', (path) => {
  expect(table.find(path)).toBeUndefined();
});

test.each(['/img/%', '/img/%zz', '/img/%ff', '/img/%ed%a0%80'])('%j is refused by name', async (path) => {
  await expect(inputOf('GET', path, '')).rejects.toMatchObject({
    status: 400,
    detail: 'filename in the URL is not percent-encoded UTF-8',
  });
});

test('an issue says whether its field stands in the path or in the body', async () => {
  await expect(inputOf('POST', `/files/${'x'.repeat(21)}`, '', { size: '1' })).rejects.toMatchObject({
    status: 422,
    detail: [{ loc: ['path', 'path'] }, { loc: ['body', 'size'] }],
  });
  await expect(inputOf('POST', '/files/a', '', [])).rejects.toMatchObject({ status: 422 });
});
