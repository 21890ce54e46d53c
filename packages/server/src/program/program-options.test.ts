import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { programOptions, type ProgramOption } from './program-options.ts';

test('the README lists every option of the program as the table has it', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const section = readme.split('<!-- program options -->')[1]?.split('<!-- end of program options -->')[0];
  const cells = (section ?? '')
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  const code = (text: string | undefined) => (text === undefined ? '' : `\`${text}\``);
  const expected = Object.values<ProgramOption>(programOptions).map((option) => [
    code(option.flag === undefined ? undefined : `--${option.flag}`),
    code(option.env),
    code(option.default),
    option.description,
  ]);
  expect(cells).toEqual(expected);
});
