import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { ApiError, createClient, type Client } from '@iib-kit/client';
import { launchApp, type LaunchedApp } from '@iib-kit/server';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const { folder, remove } = await temporaryFolder();
const images = path.join(folder, 'images');
let app: LaunchedApp;
let client: Client;

beforeAll(async () => {
  await makeLibrary(images, { 'kite.png': 'a kite', 'sub/boat.jpg': 'a boat', 'sub/owl.png': 'an owl' });
  app = await launchApp({
    port: 0,
    extraPaths: [images],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    secretKey: 'sesame',
  });
  client = createClient({ baseUrl: app.url, secretKey: 'sesame' });
});

afterAll(async () => {
  await app.close();
  await remove();
});

test('every method of the client finds its endpoint, and every answer has the declared shape', async () => {
  expect(await client.system.hello()).toBe('hello');
  expect(await client.system.version()).toMatchObject({ name: '@iib-kit/server' });
  expect(await client.search.updateIndex()).toBeNull();
  expect((await client.search.basicInfo()).img_count).toBe(3);

  const { files } = await client.fileSystem.list({ folder_path: images });
  expect(files.map((file) => file.name).sort()).toEqual(['kite.png', 'sub']);

  const found = await client.search.bySubstring({ surstr: 'boat', folder_paths: [images] });
  expect(found.files.map((file) => file.name)).toEqual(['boat.jpg']);

  const tag = await client.tags.add({ tag_name: 'mine' });
  const kite = path.join(images, 'kite.png');
  expect(await client.tags.batchUpdate({ img_paths: [kite], action: 'add', tag_id: tag.id })).toBeNull();
  expect(Object.keys(await client.tags.ofImages({ paths: [kite] }))).toEqual([kite]);
  const tagged = await client.search.byTags({ and_tags: [tag.id] });
  expect(tagged.files.map((file) => file.fullpath)).toEqual([kite]);

  expect(await client.imageMetadata.geninfo({ path: kite })).toMatch(/^a kite\n/);
  expect(Object.keys(await client.imageMetadata.geninfoBatch({ paths: [kite] }))).toEqual([kite]);

  expect(await client.extraPaths.add({ path: path.join(images, 'sub'), types: ['scanned'] })).toBeNull();
  expect(await client.extraPaths.list()).toHaveLength(1);
  expect(await client.extraPaths.remove({ path: path.join(images, 'sub'), types: ['scanned'] })).toBeNull();
});

test('media arrive as bytes, in ranges and not at all when nothing changed', async () => {
  const kite = path.join(images, 'kite.png');
  const file = await client.media.file({ path: kite });
  expect(Buffer.from(await file.bytes())).toEqual(await readFile(kite));
  const part = await client.media.file({ path: kite }, { headers: { range: 'bytes=1-3' } });
  expect([part.status, Buffer.from(await part.bytes()).toString()]).toEqual([206, 'PNG']);

  const thumbnail = await client.media.thumbnail({ path: kite, size: '32x32' });
  expect(await sharp(await thumbnail.bytes()).metadata()).toMatchObject({ format: 'webp', width: 32 });
  const etag = thumbnail.headers.get('etag') ?? '';
  const again = await client.media.thumbnail(
    { path: kite, size: '32x32' },
    { headers: { 'if-none-match': etag } },
  );
  expect([again.status, (await again.bytes()).length]).toEqual([304, 0]);
});

test('refusals of the server come as ApiError with status and detail', async () => {
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: unknown) => (error instanceof ApiError ? [error.status, error.detail] : error),
    );
  expect(await refusal(client.media.file({ path: '/etc/passwd' }))).toEqual([
    403,
    '"/etc/passwd" is outside the allowed folders',
  ]);
  expect(await refusal(client.media.file({ path: path.join(images, 'gone.png') }))).toEqual([
    404,
    `${JSON.stringify(path.join(images, 'gone.png'))} is not there`,
  ]);
  expect(await refusal(createClient({ baseUrl: app.url }).system.version())).toEqual([
    401,
    { type: 'secret_verification_failed' },
  ]);
});
