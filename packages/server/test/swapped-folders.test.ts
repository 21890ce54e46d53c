import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openService } from '@iib-kit/server';
import { afterAll, describe, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { swapWhile } from './helpers/swap-while.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

/** Requests while folders are swapped; a check that is passed before a file is opened fails one in five. */
const rounds = 700;

const { folder, remove } = await temporaryFolder();
const [library, outside] = [path.join(folder, 'library'), path.join(folder, 'outside')];
const swapped = path.join(library, 'swapped');
await makeImage(path.join(swapped, 'a.png'), { text: infotext('inside', 1) });
await makeImage(path.join(outside, 'a.png'), { text: infotext('secret', 2) });
await writeFile(path.join(outside, 'a.txt'), 'secret');
await mkdir(path.join(library, 'other'));
const service = await openService({
  extraPaths: [library],
  dbPath: path.join(folder, 'iib.db'),
  cacheDir: path.join(folder, 'cache'),
});
afterAll(async () => {
  await service.close();
  await remove();
});

async function ask(method: string, route: string, input: object): Promise<{ status: number; text: string }> {
  const query = new URLSearchParams(method === 'GET' ? (input as Record<string, string>) : {});
  const reply = await service.handle({
    method,
    base: '',
    path: route,
    query,
    headers: {},
    peerAddress: '127.0.0.1',
    signal: new AbortController().signal,
    readBody: async () => input,
  });
  const body = reply?.body;
  const text = typeof body === 'string' ? body : body === undefined ? '' : await textOf(body);
  return { status: reply?.status ?? 0, text };
}

async function textOf(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('latin1');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

/** How many requests were answered with what lies inside, with what lies outside, and refused. */
async function answers(request: () => Promise<{ status: number; text: string }>) {
  const seen = { inside: 0, outside: 0, refused: 0 };
  await swapWhile(swapped, outside, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { status, text } = await request();
      if (text.includes('secret')) seen.outside += 1;
      else if (status === 200 && text.includes('inside')) seen.inside += 1;
      else seen.refused += 1;
    }
  });
  return seen;
}

const image = path.join(swapped, 'a.png');

describe.skipIf(process.platform !== 'linux')('while a folder is swapped for a link that leads out', () => {
  test.each([
    ['GET', '/file', { path: image }],
    ['GET', '/image_metadata', { path: image }],
    ['GET', '/image_geninfo', { path: image }],
    ['POST', '/zip', { paths: [image] }],
  ])('%s %s answers nothing from outside', async (method, route, input) => {
    const seen = await answers(() => ask(method, route, input));
    expect(seen.outside).toBe(0);
    expect(seen.inside).toBeGreaterThan(0);
    expect(await readdir(swapped)).toEqual(['a.png']);
  });
});
