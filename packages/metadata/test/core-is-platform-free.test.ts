import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src/', import.meta.url));

/** The files that an entry leads to, each with the packages it imports. */
function reachable(entry: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(entry)) return seen;
  const text = readFileSync(entry, 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import) '([^']+)'/g)].map(([, name = '']) => name);
  seen.set(
    entry,
    specifiers.filter((name) => !name.startsWith('.')),
  );
  for (const name of specifiers.filter((candidate) => candidate.startsWith('.'))) {
    reachable(join(dirname(entry), name), seen);
  }
  return seen;
}

test('nothing that the core leads to imports Node, or uses its globals', () => {
  const files = reachable(join(source, 'core.ts'));
  expect(files.size).toBeGreaterThan(50);
  for (const [file, packages] of files) {
    const name = file.slice(source.length);
    expect([name, packages.filter((one) => one !== 'fflate')]).toEqual([name, []]);
    expect([name, /\b(?:Buffer|process)\./.test(readFileSync(file, 'utf8'))]).toEqual([name, false]);
  }
});
