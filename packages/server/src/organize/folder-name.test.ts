import fc from 'fast-check';
import { expect, test } from 'vitest';

import { checkFileName } from '../files/disk/file-name.ts';
import { FolderNames, safeFolderName } from './folder-name.ts';

test.each([
  ['Foxes in the snow', 'Foxes in the snow'],
  ['雪中的狐狸', '雪中的狐狸'],
  ['  a:b*c?"d"<e>|f\\g/h  ', 'a b c d e f g h'],
  ['../../etc', 'etc'],
  ['.hidden', 'hidden'],
  ['ends with dots. . .', 'ends with dots'],
  ['a\u0000b\u001fc\u007fd\u0085e', 'a b c d e'],
  ['tab\tand\nline', 'tab and line'],
  ['gpj.\u202eexe', 'gpj. exe'],
  ['zero\u200bwidth\ufeff', 'zero width'],
  ['Cafe\u0301', 'Caf\u00e9'],
  ['lone \ud800 half', 'lone half'],
  ['CON', '_CON'],
  ['con.fox', '_con.fox'],
  ['COM\u00b9', '_COM\u00b9'],
  ['lpt9 .txt', '_lpt9 .txt'],
  ['CONIN$', '_CONIN$'],
  ['console', 'console'],
  ['com10', 'com10'],
  ['...', ''],
  ['', ''],
])('%j is named %j', (words, name) => {
  expect(safeFolderName(words, 50)).toBe(name);
});

test('a name is cut between characters as people see them, and has no blank at its end then', () => {
  expect(safeFolderName('foxes and wolves', 6)).toBe('foxes');
  const family = '👨‍👩‍👧‍👦';
  expect(safeFolderName(family.repeat(3), 2)).toBe(family.repeat(2));
});

test('a name has at most 240 bytes whatever its characters need', () => {
  expect(safeFolderName('熊'.repeat(200), 200)).toBe('熊'.repeat(80));
});

test('any words give a name that Windows and Unix take, that is not hidden and that stays as it is', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('c', 'o', 'n', '.', '1', ' ', ':', '/', '\t', '_', 'e', '\u0301') }),
  );
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 200 }), (text, limit) => {
      const name = safeFolderName(text, limit);
      if (name === '') return;
      checkFileName(name);
      expect(name).not.toMatch(/^[. ]|[. ]$|[<>:"|?*/\\]|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(241);
      expect(safeFolderName(name, limit + 1)).toBe(name);
    }),
    { numRuns: 500 },
  );
});

test('a folder that is there is used under its own spelling, and names that differ in case are one', () => {
  const names = new FolderNames([
    { name: 'Foxes', isFolder: true },
    { name: 'Caf\u00e9', isFolder: true },
  ]);
  expect(names.choose('foxes')).toBe('Foxes');
  expect(names.choose('cafe\u0301')).toBe('Caf\u00e9');
  expect(names.choose('Wolves')).toBe('Wolves');
  expect(names.choose('WOLVES')).toBe('Wolves');
});

test('of two folders that differ in case the one that is spelled so is used', () => {
  const names = new FolderNames([
    { name: 'Foxes', isFolder: true },
    { name: 'foxes', isFolder: true },
  ]);
  expect(names.choose('Foxes')).toBe('Foxes');
  expect(names.choose('foxes')).toBe('foxes');
});

test('a name is numbered where a file or a link has it', () => {
  const names = new FolderNames([
    { name: 'foxes', isFolder: false },
    { name: 'Foxes_1', isFolder: false },
  ]);
  expect(names.choose('Foxes')).toBe('Foxes_2');
  expect(names.choose('Foxes')).toBe('Foxes_2');
});

test('a name beside others is another folder on every system', () => {
  const names = new FolderNames([]);
  names.choose('Unsorted');
  expect(names.chooseBeside('UNSORTED', ['Unsorted'])).toBe('UNSORTED_1');
});
