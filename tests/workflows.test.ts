import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { root } from './documents/documents.ts';

const folder = path.join(root, '.github/workflows');
const workflows = readdirSync(folder).map(
  (name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const,
);
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

const valuesOf = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(({ groups }) => groups?.['value'] ?? '');

test('there is a workflow that checks and one that releases', () => {
  expect(workflows.map(([name]) => name).sort()).toEqual(['check.yml', 'release.yml']);
});

test.each(workflows)('%s pins every action by commit and names its version', (_, text) => {
  const loose = valuesOf(text, /uses: (?<value>.+)/g)
    .filter((action) => !action.startsWith('./'))
    .filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action));
  expect(loose).toEqual([]);
});

test.each(workflows)('%s may read the repository and nothing else, but for its jobs', (_, text) => {
  expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
  expect(text).not.toContain('pull_request_target');
});

test.each(workflows)('what %s runs is there', (_, text) => {
  const missingScripts = valuesOf(text, /npm run (?<value>[\w:]+)/g).filter((name) => !(name in scripts));
  const missingFiles = valuesOf(text, /(?:run: |uses: )(?<value>\.[\w./-]+)/g).filter(
    (file) => !existsSync(path.join(root, file)),
  );
  expect([...missingScripts, ...missingFiles]).toEqual([]);
});

test('a package is published with a token for its provenance', () => {
  const release = workflows.find(([name]) => name === 'release.yml')?.[1] ?? '';
  expect(release).toContain('id-token: write');
  expect(release).toContain('run: npm run release\n');
});
