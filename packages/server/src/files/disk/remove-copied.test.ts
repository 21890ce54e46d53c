import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { withPlaces } from './held-place.ts';
import { removeCopied as removePlaces } from './remove-copied.ts';

const removeCopied = (source: string, copy: string) => withPlaces([source, copy], undefined, removePlaces);

/** A folder with a picture, one further down, and a link; and its finished copy. */
async function copied() {
  const folder = await mkdtemp(path.join(tmpdir(), 'iib-remove-copied-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const source = path.join(folder, 'source');
  const copy = path.join(folder, 'copy');
  await mkdir(path.join(source, 'sub'), { recursive: true });
  await writeFile(path.join(source, 'a.png'), 'a picture');
  await writeFile(path.join(source, 'sub/b.png'), 'another');
  await symlink('a.png', path.join(source, 'link.png'));
  await cp(source, copy, { recursive: true, verbatimSymlinks: true });
  const left = async () =>
    (await readdir(folder, { recursive: true })).filter((name) => name.startsWith('source'));
  return { source, copy, left };
}

test('a source goes whole when all of it was copied', async () => {
  const { source, copy, left } = await copied();
  await removeCopied(source, copy);
  expect(await left()).toEqual([]);
});

test('what was put into the source after it was copied stays, with the folders that lead to it', async () => {
  const { source, copy, left } = await copied();
  await writeFile(path.join(source, 'sub/new.png'), 'put in meanwhile');
  await removeCopied(source, copy);
  expect((await left()).toSorted()).toEqual(['source', 'source/sub', 'source/sub/new.png']);
});

test('a file that grew or shrank after it was copied stays', async () => {
  const { source, copy, left } = await copied();
  await writeFile(path.join(source, 'a.png'), 'a picture that grew');
  await writeFile(path.join(source, 'sub/b.png'), '');
  await removeCopied(source, copy);
  expect((await left()).toSorted()).toEqual(['source', 'source/a.png', 'source/sub', 'source/sub/b.png']);
});

test('a file stays whose copy is a folder or is not there', async () => {
  const { source, copy, left } = await copied();
  await rm(path.join(copy, 'a.png'));
  await mkdir(path.join(copy, 'a.png'));
  await rm(path.join(copy, 'sub/b.png'));
  await removeCopied(source, copy);
  expect((await left()).toSorted()).toEqual(['source', 'source/a.png', 'source/sub', 'source/sub/b.png']);
});
