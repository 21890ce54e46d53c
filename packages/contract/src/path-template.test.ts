import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fillPath, pathParameters } from './path-template.ts';

test('a last {path} keeps its slashes, any other parameter is one segment', () => {
  expect(fillPath('/img/{filename}', { filename: 'a b/ü?#%.png' })).toBe('/img/a%20b%2F%C3%BC%3F%23%25.png');
  expect(fillPath('/api/images/{path}', { path: 'sub dir/a%b.png' })).toBe('/api/images/sub%20dir/a%25b.png');
  expect(fillPath('/a/{path}/b', { path: 'x/y' })).toBe('/a/x%2Fy/b');
  expect(fillPath('/db/basic_info', {})).toBe('/db/basic_info');
});

test('parameters are named in order', () => {
  expect(pathParameters('/a/{one}/{path}')).toEqual(['one', 'path']);
  expect(pathParameters('/files')).toEqual([]);
});

test.each(['', '.', '..', undefined, null, {}])('%j cannot stand alone as a parameter', (value) => {
  expect(() => fillPath('/img/{filename}', { filename: value })).toThrow(TypeError);
  expect(() => fillPath('/api/images/{path}', { path: value })).toThrow(TypeError);
});

test('whatever the parameter, URL parsers leave its endpoint alone and the text comes back whole', () => {
  const segment = fc.oneof(fc.constantFrom('..', '.', '', '%2e', '%', '\\', '?', '#'), fc.string());
  fc.assert(
    fc.property(fc.array(segment, { minLength: 2, maxLength: 5 }), (segments) => {
      const path = segments.join('/');
      const { pathname } = new URL(`http://h${fillPath('/api/images/{path}', { path })}`);
      expect(pathname.startsWith('/api/images/')).toBe(true);
      expect(decodeURIComponent(pathname.slice('/api/images/'.length))).toBe(path);
    }),
  );
});
