import path from 'node:path';
import { pathToFileURL } from 'node:url';

import ts from 'typescript';
import { describe, expect, test } from 'vitest';

import { publishedPackages, root } from '../scripts/published-packages.js';

const packages = publishedPackages().filter(({ entries }) => entries.length > 0);

test('the compiler finds the source of each public entry', () => {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), (file) =>
    ts.sys.readFile(file),
  );
  const expected = packages.flatMap(({ folder, entries }) =>
    entries.map(({ specifier, types }): [string, string[]] => {
      const name = path.relative(path.join(folder, 'dist'), types).replace(/\.d\.ts$/, '.ts');
      return [specifier, [`./${path.relative(root, folder)}/src/${name}`]];
    }),
  );
  expect(config.compilerOptions.paths).toEqual(Object.fromEntries(expected));
});

describe.each(packages)('$name', ({ folder, entries }) => {
  test('is built with each of its public entries', async () => {
    const config = await import(pathToFileURL(path.join(folder, 'build.config.js')).href);
    for (const { types } of entries) {
      const name = path.relative(path.join(folder, 'dist'), types).replace(/\.d\.ts$/, '');
      expect(config.default.entry[name]).toBe(`src/${name}.ts`);
    }
  });
});
