import { readdirSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { documentNamed, root } from './documents/documents.ts';
import { entryPoints } from './documents/public-names.ts';

const packages = readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}`);
const entries = entryPoints(packages);
const libraries = [...new Set(entries.map(({ folder }) => folder))];

/** The names that begin a code span: `name`, `name(...)`, `new name(...)`, `name<T>`. */
function namesIn(text: string): ReadonlySet<string> {
  const spans = [...text.matchAll(/`(?:new )?(?<name>[A-Za-z_]\w*)[^`]*`/g)];
  return new Set(spans.map((span) => span.groups?.['name'] ?? ''));
}

test.each(entries.map((entry) => [entry.specifier, entry] as const))(
  'the README of %s names all that it exports',
  (specifier, { folder, names }) => {
    const { text } = documentNamed(`${folder}/README.md`);
    const known = namesIn(text);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect(text).toContain(specifier);
  },
);

test.each(libraries)(
  'the README of %s says how to install it, has an example, its API and its errors',
  (folder) => {
    const { text } = documentNamed(`${folder}/README.md`);
    expect(text).toContain('```sh\nnpm install @iib-kit/');
    expect(text).toMatch(/```(?:ts|js)\n/);
    expect(text).toContain('\n## API\n');
    expect(text).toContain('\n## Errors\n');
  },
);

test('a name that stands only inside another does not count', () => {
  expect([
    ...namesIn('`toInfotext(metadata)`, `new VectorSet(dimension)`, `InputOf<E>` and `a readMetadata`'),
  ]).toEqual(['toInfotext', 'VectorSet', 'InputOf', 'a']);
});
