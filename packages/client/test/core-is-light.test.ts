import { readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

const dist = new URL('../dist/', import.meta.url);

/** What a built file imports at once, through the chunks that it shares with others. */
async function importsOf(file: string, seen = new Set<string>()): Promise<Set<string>> {
  const text = await readFile(new URL(file, dist), 'utf8');
  for (const [, name = ''] of text.matchAll(/^(?:import|export)\b[^;'"]*?["']([^"']+)["'];?$/gm)) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (name.startsWith('./')) await importsOf(name, seen);
  }
  return seen;
}

test.each(['index.js', 'browser.js'])('%s loads nothing of the program iibctl', async (entry) => {
  const names = await importsOf(entry);
  expect(names.size).toBeGreaterThan(1);
  for (const name of ['commander', 'string-width', '@iib-kit/metadata']) expect(names).not.toContain(name);
});

test('iibctl loads what reads files, and the schemas, only when it needs them', async () => {
  const names = await importsOf('iibctl.js');
  expect(names).toContain('commander');
  expect(names).not.toContain('@iib-kit/metadata');
  expect(names).not.toContain('@iib-kit/contract');
});
