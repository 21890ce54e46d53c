import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

/** Most bytes of all scripts together, as they travel to a browser that takes gzip. */
const BUDGET = 180 * 1024;

/** Most bytes of scripts that are loaded before the first images are asked for. */
const FIRST_BUDGET = 80 * 1024;

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

async function packedSize(script: string): Promise<number> {
  const packed = path.join(dist, 'assets', `${script}.gz`);
  // The shortest are not packed.
  const { size } = await stat(packed).catch(() => stat(path.join(dist, 'assets', script)));
  return size;
}

test('all scripts together, and those of the first page, stay within their budgets', async () => {
  const names = (await readdir(path.join(dist, 'assets'))).filter((name) => name.endsWith('.js'));
  const sizes = await Promise.all(names.map(packedSize));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const html = await readFile(path.join(dist, 'index.html'), 'utf8');
  const first = new Set([...html.matchAll(/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name));
  for (const name of names) if (name.startsWith('images-view')) first.add(name);
  const firstTotal = names.reduce((sum, name, at) => sum + (first.has(name) ? (sizes[at] ?? 0) : 0), 0);
  expect(first.size).toBeGreaterThan(2);
  expect(total).toBeLessThan(BUDGET);
  expect(firstTotal).toBeLessThan(FIRST_BUDGET);
  expect(firstTotal).toBeGreaterThan(10 * 1024);
});

test('nothing in the scripts makes code of text', async () => {
  const names = (await readdir(path.join(dist, 'assets'))).filter((name) => name.endsWith('.js'));
  for (const name of names) {
    const script = await readFile(path.join(dist, 'assets', name), 'utf8');
    expect([name, /\bdocument\.write\(|\.insertAdjacentHTML\(/.test(script)]).toEqual([name, false]);
  }
});
