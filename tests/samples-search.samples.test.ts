import { fileURLToPath } from 'node:url';

import { createClient, type Client } from '@iib-kit/client';
import { launchApp } from '@iib-kit/server';
import { afterEach, expect, test } from 'vitest';

import { samplesFolder } from './helpers/samples-folder.ts';
import { startProgram } from './helpers/start-program.ts';
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

async function find(client: Client, text: string): Promise<string[]> {
  const { files } = await client.search.bySubstring({ surstr: text });
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
  const client = createClient({ baseUrl: app.url });
  for (const [text, names] of searches) expect([text, await find(client, text)]).toEqual([text, names]);
});

test.each([
  ['fastify-app', '/images/infinite_image_browsing', {}],
  ['express-app', '/images/infinite_image_browsing', { authorization: 'Bearer token-for-scripts' }],
  ['web-handler', '/infinite_image_browsing', {}],
])('the example %s finds the same', { timeout: 120_000 }, async (name, base, headers) => {
  const { origin, stop } = await startProgram('npm start', {
    cwd: fileURLToPath(new URL(`../examples/${name}`, import.meta.url)),
    env: { PORT: '0', IMAGES: samples, DATA: await dataFolder() },
  });
  cleanups.push(stop);
  const client = createClient({ baseUrl: origin + base, headers });
  await client.search.updateIndex();
  for (const [text, names] of searches) expect([text, await find(client, text)]).toEqual([text, names]);
});
