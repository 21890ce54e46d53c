import { link, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { CacheLimit } from './cache-limit.ts';

let dir: string;
let entriesDir: string;
let contentsDir: string;
let tempDir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cache-limit-'));
  entriesDir = join(dir, 'entries');
  contentsDir = join(dir, 'contents');
  tempDir = join(dir, 'temp');
  await mkdir(entriesDir, { recursive: true });
  await mkdir(tempDir, { recursive: true });
});

afterEach(() => rm(dir, { recursive: true }));

const limitOf = (maxBytes: number): CacheLimit =>
  new CacheLimit({ entriesDir, contentsDir, tempDir, maxBytes });

/** Writes a file that was used so many minutes ago. */
async function put(folder: string, name: string, bytes: number, minutesAgo: number): Promise<void> {
  await writeFile(join(folder, name), Buffer.alloc(bytes));
  const used = new Date(Date.now() - minutesAgo * 60_000);
  await utimes(join(folder, name), used, new Date());
}

describe('CacheLimit', () => {
  test('removes what was used longest ago until nine tenths are left', async () => {
    const limit = limitOf(1000);
    await put(entriesDir, 'old', 300, 50);
    await put(entriesDir, 'oldest', 300, 90);
    await put(entriesDir, 'new', 300, 1);
    await put(entriesDir, 'newer', 300, 0);
    limit.noteWritten(300);
    await limit.settled();
    expect((await readdir(entriesDir)).sort()).toEqual(['new', 'newer', 'old']);
  });

  test('counts a file of two names once, and removes both', async () => {
    const limit = limitOf(1000);
    await mkdir(contentsDir);
    for (const [name, minutesAgo] of [
      ['a', 9],
      ['b', 5],
      ['c', 1],
    ] as const) {
      await put(entriesDir, name, 300, minutesAgo);
      await link(join(entriesDir, name), join(contentsDir, `of-${name}`));
    }
    limit.noteWritten(300);
    expect(await limit.bytes()).toBe(900);
    await put(entriesDir, 'd', 300, 0);
    limit.noteWritten(300);
    await limit.settled();
    expect(await limit.bytes()).toBe(900);
    expect((await readdir(entriesDir)).sort()).toEqual(['b', 'c', 'd']);
    expect((await readdir(contentsDir)).sort()).toEqual(['of-b', 'of-c']);
  });

  test('leaves a cache alone that is not full', async () => {
    const limit = limitOf(1000);
    await put(entriesDir, 'a', 500, 90);
    await put(entriesDir, 'b', 500, 0);
    limit.noteWritten(500);
    await limit.settled();
    expect(await readdir(entriesDir)).toHaveLength(2);
  });

  test('counts what other processes write', async () => {
    const limit = limitOf(1000);
    await put(entriesDir, 'mine', 100, 1);
    limit.noteWritten(100);
    await limit.settled();
    await put(entriesDir, 'theirs-old', 600, 60);
    await put(entriesDir, 'theirs-new', 600, 2);
    // A twentieth of the limit is written, and so the folder is counted again.
    await put(entriesDir, 'mine-too', 60, 0);
    limit.noteWritten(60);
    await limit.settled();
    expect((await readdir(entriesDir)).sort()).toEqual(['mine', 'mine-too', 'theirs-new']);
  });

  test('removes temporary files that a killed program left, not those in use', async () => {
    const limit = limitOf(1000);
    await put(tempDir, 'abandoned.webp', 10, 61);
    await put(tempDir, 'in-use.webp', 10, 1);
    limit.noteWritten(1);
    await limit.settled();
    expect(await readdir(tempDir)).toEqual(['in-use.webp']);
  });

  test('bears a folder that somebody removed', async () => {
    const limit = limitOf(10);
    await rm(entriesDir, { recursive: true });
    limit.noteWritten(100);
    await limit.settled();
    expect(await readdir(dir)).toEqual(['temp']);
  });
});
