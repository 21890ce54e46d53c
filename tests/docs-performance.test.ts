import path from 'node:path';

import { expect, test } from 'vitest';

import { wrongCommands } from './documents/check-commands.ts';
import { documentNamed } from './documents/documents.ts';

const { text } = documentNamed('docs/performance.md');
const rows = (text.split('<!-- figures -->')[1]?.split('<!-- end of figures -->')[0] ?? '')
  .trim()
  .split('\n')
  .slice(2)
  .map((row) => row.split('|').map((cell) => cell.trim()))
  .map(([, what = '', figure = '', command = '', source = '']) => ({ what, figure, command, source }));

test.each(rows)('$what: $figure is what was recorded', ({ figure, command, source }) => {
  const link = /\((?<file>[^)#]+)/.exec(source)?.groups?.['file'] ?? '';
  // Lines of prose may break anywhere.
  const recorded = documentNamed(path.posix.join('docs', link)).text.replaceAll(/\s+/g, ' ');
  const isThere = new RegExp(`(?<![\\d.,])${figure.replace(/[()*+.?]/g, '\\$&')}(?![\\d])`).test(recorded);
  expect([figure, isThere]).toEqual([figure, true]);
  if (command === 'the same') return;
  const script = /^`(?<script>[^`]+)`/.exec(command)?.groups?.['script'] ?? '';
  const folder = / in `(?<folder>[^`]+)`$/.exec(command)?.groups?.['folder'] ?? '.';
  expect([script === '', ...wrongCommands(script, folder)]).toEqual([false]);
});

test('every row was read', () => {
  expect(rows.length).toBeGreaterThan(15);
});
