import { expect, test } from 'vitest';

import { folderOf, isWithin, nameOf, pathIn, splitName } from './path-parts.ts';

test.each([
  ['/a/b.png', '/a', 'b.png'],
  ['/b.png', '/', 'b.png'],
  ['C:\\a\\b.png', 'C:\\a', 'b.png'],
  ['C:\\b.png', 'C:\\', 'b.png'],
  ['C:/a/b.png', 'C:/a', 'b.png'],
  ['\\\\server\\share\\b.png', '\\\\server\\share', 'b.png'],
  ['/a/b\\c.png', '/a', 'b\\c.png'],
  ['/a\\b/c.png', '/a\\b', 'c.png'],
  ['/a/b\\', '/a', 'b\\'],
  ['/a\\/b.png', '/a\\', 'b.png'],
  ['/\\b.png', '/', '\\b.png'],
  ['/a/ünï "x"/c', '/a/ünï "x"', 'c'],
])('%s is in %s and named %s', (path, folder, name) => {
  expect([folderOf(path), nameOf(path), pathIn(folder, name)]).toEqual([folder, name, path]);
});

test('the name of a folder with a slash at its end, and of the root', () => {
  expect([nameOf('/a/b/'), nameOf('/'), nameOf('C:\\a\\')]).toEqual(['b', '/', 'a']);
});

test('extensions', () => {
  expect(splitName('a.b.png')).toEqual({ stem: 'a.b', extension: '.png' });
  expect(splitName('.hidden')).toEqual({ stem: '.hidden', extension: '' });
  expect(splitName('none')).toEqual({ stem: 'none', extension: '' });
});

test('a folder is no part of one whose name begins like it', () => {
  expect(isWithin('/a/b', '/a')).toBe(true);
  expect(isWithin('/ab', '/a')).toBe(false);
  expect(isWithin('/a', '/')).toBe(true);
  expect(isWithin('C:\\a\\b', 'C:\\a')).toBe(true);
  expect(isWithin('/a\\b', '/a')).toBe(false);
  expect(isWithin('/a\\/b', '/a\\')).toBe(true);
  expect(isWithin('/a\\b', '/a\\')).toBe(false);
});
