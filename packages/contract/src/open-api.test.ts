import { expect, test } from 'vitest';
import * as z from 'zod';

import { api } from './api.ts';
import { endpoint } from './endpoint.ts';
import { openApiDocument } from './open-api.ts';

const document = openApiDocument(api, { base: '/iib', version: '1.2.3' });

function operations() {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
}

test('every endpoint of the contract is one operation', () => {
  const endpoints = Object.values(api).flatMap((group) => Object.values(group));
  const expected = endpoints.map((endpoint) => `${endpoint.method} ${endpoint.path}`);
  const actual = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
  expect(actual.sort()).toEqual(expected.sort());
});

test('operation ids are unique and name group and method of the client', () => {
  const ids = operations().map(({ operation }) => operation['operationId']);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('search.bySubstring');
});

test('every reference points at a component', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
  expect(references.length).toBeGreaterThan(0);
  const known = Object.keys(document.components.schemas).map((id) => `#/components/schemas/${id}`);
  for (const reference of references) expect(known).toContain(reference);
});

test('a component is a schema, not a reference to itself', () => {
  expect(document.components.schemas['Error']).toMatchObject({ type: 'object', required: ['detail'] });
});

test('GET endpoints take parameters, the others a body', () => {
  expect(document.paths['/files']?.['get']).toMatchObject({
    parameters: [{ name: 'folder_path', in: 'query', required: true, example: '/library' }],
  });
  expect(document.paths['/db/batch_update_image_tag']?.['post']).toMatchObject({
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { required: ['img_paths', 'action', 'tag_id'] } } },
    },
  });
});

test('parameters of a path are told apart from those of the query and from the body', () => {
  const common = { summary: '', permission: 'read', output: z.null(), errors: [] } as const;
  const input = z.object({ path: z.string(), size: z.string().optional() });
  const example = { path: 'a/b.png', size: '1x1' };
  const { paths } = openApiDocument(
    {
      group: {
        get: endpoint({ ...common, method: 'GET', path: '/x/{path}', input, example }),
        send: endpoint({ ...common, method: 'POST', path: '/x/{path}', input, example }),
      },
    },
    { base: '', version: '1' },
  );
  const inPath = { name: 'path', in: 'path', required: true, schema: { type: 'string' }, example: 'a/b.png' };
  expect(paths['/x/{path}']?.['get']).toMatchObject({
    parameters: [inPath, { name: 'size', in: 'query', required: false, example: '1x1' }],
  });
  expect(paths['/x/{path}']?.['post']).toMatchObject({
    parameters: [inPath],
    requestBody: {
      required: false,
      content: {
        'application/json': {
          schema: { type: 'object', properties: { size: { type: 'string' } }, required: [] },
          example: { size: '1x1' },
        },
      },
    },
  });
});

test('declared errors are answers of the operation, others are not', () => {
  const responses = document.paths['/file']?.['get']?.['responses'] as Record<string, unknown>;
  expect(Object.keys(responses)).toEqual(['200', '400', '401', '403', '404', '416', '422', '500']);
});

test('the base is the server that paths are relative to', () => {
  expect(document.servers).toEqual([{ url: '/iib' }]);
  expect(openApiDocument(api, { base: '', version: '1' }).servers).toEqual([{ url: '/' }]);
});
