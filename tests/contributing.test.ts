import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterEach, expect, test } from 'vitest';

import { codeBlocks, type CodeBlock } from './documents/code-blocks.ts';
import { allDocuments, documentNamed, root } from './documents/documents.ts';
import type { Placing } from './documents/example-rule.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const pages = [
  'docs/contributing/add-a-generator.md',
  'docs/contributing/add-a-node-kind.md',
  'docs/contributing/add-an-endpoint.md',
];
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

test.each(pages)('%s leads where it says', { timeout: 600_000 }, async (page) => {
  const copy = await copyOfRepository();
  const blocks = codeBlocks(documentNamed(page));
  for (const block of blocks) {
    if (block.rule.placed !== undefined) await place(block, block.rule.placed, copy);
    if (block.rule.runsInCopy) await run(block, copy);
  }
  expect(blocks.some(({ rule }) => rule.runsInCopy)).toBe(true);
});

test('what other documents place in the repository is tried too', () => {
  const placed = allDocuments()
    .flatMap((document) => codeBlocks(document))
    .filter(({ rule }) => rule.placed !== undefined || rule.runsInCopy);
  expect([...new Set(placed.map(({ document }) => document))]).toEqual(pages);
});

async function place(
  { code, place }: CodeBlock,
  { file, where, line }: Placing,
  copy: string,
): Promise<void> {
  const name = path.join(copy, file);
  if (where === 'alone') return writeFile(name, code);
  const lines = (await readFile(name, 'utf8')).split('\n');
  const at = lines.findIndex((text) => text.includes(line));
  expect([place, lines.filter((text) => text.includes(line)).length]).toEqual([place, 1]);
  lines.splice(where === 'after' ? at + 1 : at, 0, code.trimEnd());
  await writeFile(name, lines.join('\n'));
}

async function run({ code }: CodeBlock, copy: string): Promise<void> {
  for (const line of code.trim().split('\n')) {
    // The suite that runs this must not be taken for the one that is started.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^VITEST|^NODE_ENV$/.test(name)),
    );
    await promisify(execFile)('/bin/sh', ['-c', line], { cwd: copy, env });
  }
}

/** Sources and builds of the repository; what others made is linked. */
async function copyOfRepository(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  await cp(root, folder, {
    recursive: true,
    filter: (source) => !['node_modules', '.git', 'decisions'].includes(path.basename(source)),
  });
  for (const place of ['', ...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}`)]) {
    await linkModules(path.join(root, place, 'node_modules'), path.join(folder, place, 'node_modules'));
  }
  await mkdir(path.join(folder, 'node_modules', '@iib-kit'));
  for (const name of readdirSync(path.join(folder, 'packages'))) {
    await symlink(
      path.join(folder, 'packages', name),
      path.join(folder, 'node_modules', '@iib-kit', name),
      'junction',
    );
  }
  return folder;
}

async function linkModules(from: string, to: string): Promise<void> {
  const names = await Promise.resolve()
    .then(() => readdirSync(from))
    .catch(() => []);
  if (names.length === 0) return;
  await mkdir(to);
  // Caches are each copy's own.
  for (const name of names.filter((name) => !['@iib-kit', '.vite', '.cache', '.vite-temp'].includes(name))) {
    await symlink(path.join(from, name), path.join(to, name), 'junction');
  }
}
