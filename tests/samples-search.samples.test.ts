import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createClient } from '@iib-kit/client';
import { launchApp } from '@iib-kit/server';
import { afterEach, expect, test } from 'vitest';

import { createApp as createExpressApp } from '../examples/express-app/app.js';
import { createApp as createFastifyApp } from '../examples/fastify-app/app.js';
import { samplesFolder } from './helpers/samples-folder.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const samples = samplesFolder();
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function dataFolder(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  return folder;
}

/** Texts that stand in the prompts of real files, with the files that have them. */
const searches: [string, string[]][] = [
  // AUTOMATIC1111, in PNG, JPEG, and behind the pixels of a PNG.
  ['photo of a duck', ['automatic1111_cropped.jpg', 'automatic1111_cropped.png', 'text_after_idat.png']],
  // ComfyUI, animated WebP.
  ['pink sweater and a long blue skirt', ['hunyuan_video_text_to_video.webp']],
];

async function find(baseUrl: string, text: string): Promise<string[]> {
  const { files } = await createClient({ baseUrl }).search.bySubstring({ surstr: text });
  return files.map((file) => file.name).sort();
}

test('the program finds what the prompts of real files say', async () => {
  const folder = await dataFolder();
  const app = await launchApp({
    port: 0,
    extraPaths: [samples],
    dbPath: `${folder}/iib.db`,
    cacheDir: `${folder}/cache`,
  });
  cleanups.push(() => app.close());
  await app.service.library.update();
  for (const [text, names] of searches) expect([text, await find(app.url, text)]).toEqual([text, names]);
});

test('the Fastify application finds the same', async () => {
  const app = await createFastifyApp(samples, await dataFolder());
  cleanups.push(() => app.close());
  const baseUrl = `${await app.listen({ port: 0, host: '127.0.0.1' })}/images/infinite_image_browsing`;
  await createClient({ baseUrl }).search.updateIndex();
  for (const [text, names] of searches) expect([text, await find(baseUrl, text)]).toEqual([text, names]);
});

test('the Express application finds the same', async () => {
  const { app, close } = await createExpressApp(samples, await dataFolder());
  const server = createServer(app).listen(0, '127.0.0.1');
  cleanups.push(close, () => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/images/infinite_image_browsing`;
  await createClient({ baseUrl }).search.updateIndex();
  for (const [text, names] of searches) expect([text, await find(baseUrl, text)]).toEqual([text, names]);
});
