import path from 'node:path';

import { ApiError, createClient, type Client } from '@iib-kit/client';
import { api, isEvents, isMedia, type Endpoint } from '@iib-kit/contract';
import { launchApp, type LaunchedApp } from '@iib-kit/server';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const { folder, remove } = await temporaryFolder();
const library = path.join(folder, 'library');
let app: LaunchedApp;
let client: Client;

beforeAll(async () => {
  app = await launchApp({
    port: 0,
    extraPaths: [library],
    baseDir: library,
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  client = createClient({ baseUrl: app.url });
});

afterAll(async () => {
  await app.close();
  await remove();
});

/** Would open windows on the machine that runs the tests. */
const opensWindows: ReadonlySet<string> = new Set(['fileSystem.openFolder', 'fileSystem.openFile']);

const endpoints = Object.entries(api).flatMap(([group, members]) =>
  Object.entries(members)
    .map(([name, endpoint]: [string, Endpoint]) => ({ group, name, endpoint, title: `${group}.${name}` }))
    .filter(({ title, endpoint }) => !opensWindows.has(title) && !isEvents(endpoint.output)),
);

/** Those whose example means what this library does not have, and what they refuse with; all others answer. */
const refused: Readonly<Record<string, number>> = {
  // The example before it has copied the image there.
  'fileSystem.move': 409,
  'fileSystem.packedZip': 404,
  'media.streamVideo': 404,
  'media.videoCover': 404,
  'media.setVideoCover': 404,
  'tags.remove': 400,
  'tags.removeFromImage': 404,
  'tags.merge': 400,
  'ai.chat': 400,
  'ai.clusterJobStatus': 404,
  'tagGraph.clusterPaths': 404,
  'extraPaths.setAlias': 404,
  'system.shutdown': 403,
  'jobs.status': 404,
  'jobs.cancel': 404,
  'organize.status': 404,
  'organize.confirm': 404,
  'organize.undo': 404,
};

test.each(endpoints)('the client calls $title with its example', async ({ group, name, endpoint }) => {
  await makeLibrary(library, { 'image.png': 'a kite', 'sub/image.png': 'a boat' });
  await app.service.library.update();
  const input = JSON.parse(JSON.stringify(endpoint.example).replaceAll('"/library', `"${library}`)) as object;
  const methods = client as unknown as Record<string, Record<string, (input: object) => Promise<unknown>>>;
  const call = methods[group]?.[name] ?? expect.fail('the client has no such method');
  const status = await call(input).then(
    async (answer) => {
      if (isMedia(endpoint.output)) await (answer as { bytes(): Promise<Uint8Array> }).bytes();
      return 200;
    },
    (error: unknown) => {
      // An answer of another shape than declared would be a ClientError.
      expect(error).toBeInstanceOf(ApiError);
      return (error as ApiError).status;
    },
  );
  expect(status).toBe(refused[`${group}.${name}`] ?? 200);
});

test('parameters of the path are filled in, whatever they hold', async () => {
  await makeLibrary(library, { 'a b/50% ü#?.png': 'a kite' });
  const image = await client.seedGroups.image({ path: 'a b/50% ü#?.png' });
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
  await image.body?.cancel();
  expect(await client.seedGroups.metadata({ path: '50% ü#?.png', directory: 'a b' })).toMatchObject({
    path: 'a b/50% ü#?.png',
    prompt: 'a kite',
    seed: '42',
  });
  const climbing = client.seedGroups.image({ path: '../iib.db' });
  await expect(climbing).rejects.toMatchObject({ status: 403 });
});
