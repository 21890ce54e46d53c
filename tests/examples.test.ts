import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { createClient } from '@iib-kit/client';
import { launchApp } from '@iib-kit/server';
import { afterEach, expect, test } from 'vitest';

import { search } from '../examples/client-script/search.js';
import { createApp as createExpressApp } from '../examples/express-app/app.js';
import { createApp as createFastifyApp } from '../examples/fastify-app/app.js';
import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function library(): Promise<{ folder: string; images: string }> {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const images = path.join(folder, 'images');
  await makeLibrary(images, { 'a.png': 'a kite over the dunes', 'b.jpg': 'a boat at rest' });
  return { folder, images };
}

async function findThroughClient(baseUrl: string): Promise<string[]> {
  const client = createClient({ baseUrl });
  await client.search.updateIndex();
  const { files } = await client.search.bySubstring({ surstr: 'KITE over' });
  return files.map((file) => file.name);
}

test('the Fastify application answers its own route and, to the client, searches', async () => {
  const { folder, images } = await library();
  const app = await createFastifyApp(images, folder);
  cleanups.push(() => app.close());
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  expect(await (await fetch(origin)).json()).toEqual({ gallery: '/images/infinite_image_browsing' });
  expect(await findThroughClient(`${origin}/images/infinite_image_browsing`)).toEqual(['a.png']);
});

test('the Express application answers its own route and, to the client, searches', async () => {
  const { folder, images } = await library();
  const { app, close } = await createExpressApp(images, folder);
  const server = createServer(app).listen(0, '127.0.0.1');
  cleanups.push(close, () => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await (await fetch(origin)).json()).toEqual({ gallery: '/images/infinite_image_browsing' });
  expect(await findThroughClient(`${origin}/images/infinite_image_browsing`)).toEqual(['a.png']);
});

test('the script prints path and prompt of what it finds', async () => {
  const { folder, images } = await library();
  const app = await launchApp({
    port: 0,
    extraPaths: [images],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  cleanups.push(() => app.close());
  await app.service.library.update();
  const lines: string[] = [];
  await search(app.url, 'boat', (line: string) => lines.push(line));
  expect(lines).toEqual([`${path.join(images, 'b.jpg')}\n  a boat at rest`]);
});
