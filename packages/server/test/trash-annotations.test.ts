import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { TrashItem } from '@iib-kit/contract';
import { openService } from '@iib-kit/server';
import { expect, onTestFinished, test } from 'vitest';

import { makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { transports } from './helpers/transports.ts';

/** A service over the folders `home` and `drive`, each with two images that have four stars. */
async function rated() {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const at = (name: string): string => path.join(folder, name);
  const names = ['home/a.png', 'home/b.png', 'drive/c.png', 'drive/d.png'];
  for (const [index, name] of names.entries())
    await makeImage(at(name), { width: 40 + 2 * index, height: 30 });
  const service = await openService({
    extraPaths: [at('home'), at('drive')],
    dbPath: at('iib.db'),
    cacheDir: at('cache'),
  });
  onTestFinished(() => service.close());
  await service.library.update();
  const served = await transports[0]?.serve(service);
  onTestFinished(async () => served?.close());
  const ask = async <Answer>(route: string, body: object): Promise<Answer> => {
    const response = await fetch(`${served?.origin ?? ''}${service.base}${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };
  await ask('/db/rating', { img_paths: names.map(at), rating: 4 });
  const ratings = async (): Promise<Record<string, number>> => {
    const marks = await ask<Record<string, { rating: number }>>('/db/marks', { paths: names.map(at) });
    return Object.fromEntries(
      Object.entries(marks).map(([file, { rating }]) => [path.relative(folder, file), rating]),
    );
  };
  const trash = async (name: string): Promise<string> => {
    const body = { file_paths: [at(name)], trash: true };
    const { trashed } = await ask<{ trashed: TrashItem[] }>('/delete_files', body);
    return trashed[0]?.id ?? '';
  };
  return { at, service, ask, ratings, trash };
}

test('annotations go with what is emptied from the trash, and wait for what was deleted otherwise', async () => {
  const { at, service, ask, ratings, trash } = await rated();
  const names = ['home/a.png', 'home/b.png'];
  const bytes = new Map<string, Buffer>();
  for (const name of names) bytes.set(name, await readFile(at(name)));
  await trash('home/a.png');
  await rm(at('home/b.png'));
  await service.library.update();
  expect(await ask('/trash/empty', {})).toEqual({ deleted: 1 });
  for (const [name, content] of bytes) await writeFile(at(name), content);
  await service.library.update();
  expect(await ratings()).toEqual({ 'home/b.png': 4, 'drive/c.png': 4, 'drive/d.png': 4 });
});

test('a drive that is away while the trash is emptied keeps what lies in its trash, and all annotations', async () => {
  const { at, service, ask, ratings, trash } = await rated();
  await trash('home/a.png');
  const id = await trash('drive/c.png');
  await rename(at('drive'), at('unplugged'));
  await service.library.update();
  expect(await ask('/trash/empty', {})).toEqual({ deleted: 1 });
  await rename(at('unplugged'), at('drive'));
  await service.library.update();
  expect(await ask('/trash/restore', { ids: [id] })).toEqual({
    files: [{ id, path: at('drive/c.png') }],
    errors: [],
  });
  await service.library.update();
  expect(await ratings()).toEqual({ 'home/b.png': 4, 'drive/c.png': 4, 'drive/d.png': 4 });
});
