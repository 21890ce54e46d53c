import { expect, test } from 'vitest';
import { z } from 'zod';

import { api } from './api.ts';
import { inputPlace, type Endpoint } from './endpoint.ts';
import { pathParameters } from './path-template.ts';

const endpoints: [string, Endpoint][] = Object.entries(api).flatMap(([group, members]) =>
  Object.entries(members).map(([name, endpoint]): [string, Endpoint] => [`${group}.${name}`, endpoint]),
);

test.each(endpoints)('the example of %s fits its input', (_, endpoint) => {
  expect(endpoint.example).toBeDefined();
  expect(endpoint.input.safeParse(endpoint.example).error).toBeUndefined();
});

test.each(endpoints)('the parameters in the path of %s are fields that its example gives', (_, endpoint) => {
  for (const name of pathParameters(endpoint.path)) {
    const { [name]: given, ...rest } = endpoint.example as Record<string, unknown>;
    expect(given).toEqual(expect.any(String));
    expect(endpoint.input.safeParse(rest).error?.issues[0]?.path).toEqual([name]);
  }
});

test.each(endpoints)('%s takes a large body where it takes lists', (_, endpoint) => {
  const form = JSON.stringify(z.toJSONSchema(endpoint.input, { io: 'input' }));
  const isBody = inputPlace(endpoint) === 'body';
  const takesLists = form.includes('"type":"array"') && !endpoint.path.startsWith('/db/extra_paths');
  const takesTexts = /"(?:base64_img|exif|lines|value)":/.test(form);
  expect(endpoint.largeBody).toBe(isBody && (takesLists || takesTexts) ? true : undefined);
});

test('no two endpoints share method and path', () => {
  const keys = endpoints.map(([, endpoint]) => `${endpoint.method} ${endpoint.path}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('what may be left out has the defaults of the API reference', () => {
  expect(api.search.bySubstring.input.parse({})).toEqual({
    surstr: '',
    cursor: '',
    regexp: '',
    folder_paths: [],
    size: 200,
    path_only: false,
    media_type: 'all',
    and_tags: [],
  });
  expect(api.search.byTags.input.parse({})).toEqual({
    and_tags: [],
    or_tags: [],
    not_tags: [],
    cursor: '',
    folder_paths: [],
    size: 200,
    random_sort: false,
  });
});

test('numbers may come as text, fields that are not known are ignored', () => {
  const input = api.search.byTags.input.parse({ and_tags: ['3', 4], size: '50', folder_paths_str: 'x' });
  expect(input).toMatchObject({ and_tags: [3, 4], size: 50 });
  expect(input).not.toHaveProperty('folder_paths_str');
});

test.each([
  [{ size: -2 }, 'expected a whole number from -1 to 10000'],
  [{ size: '1e3' }, 'expected a whole number from -1 to 10000'],
  [{ size: 2.5 }, 'expected a whole number from -1 to 10000'],
])('%j is refused by name', (input, message) => {
  const { error } = api.search.bySubstring.input.safeParse(input);
  expect(error?.issues.map((issue) => [issue.path, issue.message])).toEqual([[['size'], message]]);
});

test.each([
  ['', 'a path cannot be empty'],
  ['/a\0b', 'a path cannot contain NUL'],
  ['/' + 'x'.repeat(5000), 'a path cannot be longer than 4096 characters'],
])('the path %j is refused', (folderPath, message) => {
  const { error } = api.fileSystem.list.input.safeParse({ folder_path: folderPath });
  expect(error?.issues[0]?.message).toBe(message);
});

test('`scan` is another name of the type `scanned`', () => {
  const { types } = api.extraPaths.add.input.parse({ path: '/a', types: ['scan', 'walk', 'scanned'] });
  expect(types).toEqual(['scanned', 'walk']);
});
