import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const dist = new URL('../dist/', import.meta.url);

/** The packages that loading a built file loads, directly or by other files of the build. */
async function packagesBehind(file: string, seen = new Set<string>()): Promise<Set<string>> {
  const found = new Set<string>();
  if (seen.has(file)) return found;
  seen.add(file);
  const code = await readFile(new URL(file, dist), 'utf8');
  for (const [, imported = ''] of code.matchAll(/^(?:import|export)\b[^'"]*['"]([^'"]+)['"]/gm)) {
    if (!imported.startsWith('.')) found.add(imported);
    else for (const behind of await packagesBehind(imported.slice(2), seen)) found.add(behind);
  }
  return found;
}

const foreign = (packages: ReadonlySet<string>) =>
  [...packages]
    .filter((name) => !/^(?:node:|(?:os|crypto|timers\/promises|worker_threads)$)/.test(name))
    .sort();

test('the main entry loads no package but those of Node', async () => {
  expect(foreign(await packagesBehind('index.js'))).toEqual([]);
});

test('the provider entry loads nothing but the checker of answers', async () => {
  expect(foreign(await packagesBehind('openai.js'))).toEqual(['zod']);
});

test('k-means is loaded by the clustering thread alone', async () => {
  expect(foreign(await packagesBehind('clustering-worker.js'))).toEqual(['ml-kmeans']);
  expect(foreign(await packagesBehind('local-worker.js'))).toEqual([]);
});
