// A program that uses every package as its README does. It is compiled against the packed types, and run.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { createClient, isApiError, type Client } from '@iib-kit/client';
import { createClient as createBrowserClient } from '@iib-kit/client/browser';
import {
  clusterByThreshold,
  createLocalEmbedder,
  embedAll,
  measureRarity,
  VectorSet,
} from '@iib-kit/clustering';
import { createOpenaiEmbedder } from '@iib-kit/clustering/openai';
import { api, type InputOf, type OutputOf } from '@iib-kit/contract';
import { routes } from '@iib-kit/contract/routes';
import { openIndex } from '@iib-kit/index-db';
import { readMetadata } from '@iib-kit/metadata';
import { parseInfotext } from '@iib-kit/metadata/core';
import { openService } from '@iib-kit/server';
import { iibRouter } from '@iib-kit/server/express';
import { iibFastify } from '@iib-kit/server/fastify';
import { iibHandler } from '@iib-kit/server/web';
import { createThumbnailer, isThumbnailError } from '@iib-kit/thumbnails';
import express from 'express';
import Fastify from 'fastify';

const [images = '', work = ''] = process.argv.slice(2);
const picture = join(images, 'fox.png');

async function thumbnailFormat(): Promise<string> {
  const thumbnailer = createThumbnailer({ cacheDir: join(work, 'cache') });
  try {
    const { data } = await thumbnailer.thumbnailBytes(picture, { width: 8, height: 8 });
    await thumbnailer.thumbnail(`${picture}.no`, { width: 8, height: 8 }).catch((error: unknown) => {
      if (!isThumbnailError(error) || error.code !== 'not-found') throw error;
    });
    return data.toString('latin1', 8, 12);
  } finally {
    await thumbnailer.close();
  }
}

async function indexedPaths(): Promise<string[]> {
  const index = await openIndex({ path: join(work, 'index.db') });
  try {
    await index.update([images]);
    return (await index.searchBySubstring({ text: 'red fox' })).items.map(({ path }) => path);
  } finally {
    await index.close();
  }
}

async function clusterSizes(): Promise<number[]> {
  const texts = [
    'red fox, deep snow, pine forest',
    'red fox, deep snow, morning',
    'old lighthouse, stormy sea',
  ];
  const embedder = createLocalEmbedder({ rarity: await measureRarity(texts) });
  const embedded = (await embedAll(embedder, texts)).flatMap((one) => ('vector' in one ? [one.vector] : []));
  const { clusters } = await clusterByThreshold(VectorSet.of(embedded), { threshold: 0.85 });
  return clusters.map(({ members }) => members.length);
}

type Query = InputOf<typeof api.search.bySubstring>;
type Answer = OutputOf<typeof api.search.bySubstring>;

async function foundBy(client: Pick<Client, 'search'>): Promise<string[]> {
  const query: Query = { surstr: 'red fox' };
  const answer: Answer = await client.search.bySubstring(query);
  return answer.files.map(({ name }) => name);
}

/** The same search by both clients, over each way to mount the server, and the page that it serves. */
async function served(): Promise<unknown> {
  const service = await openService({ extraPaths: [images], dbPath: join(work, 'iib.db') });
  const application = express().use(iibRouter(service));
  const server = createServer(application);
  const fastify = Fastify();
  try {
    await service.library.update();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}/infinite_image_browsing`;
    const node = createClient({ baseUrl });
    const missing: unknown = await node.imageMetadata.geninfo({ path: '/no/such' }).catch((e: unknown) => e);
    await fastify.register(iibFastify, { extraPaths: [images], dbPath: join(work, 'fastify.db') });
    const hello = await fastify.inject('/infinite_image_browsing/hello');
    const web = await iibHandler(service)(new Request(`${baseUrl}/hello`));
    return {
      node: await foundBy(node),
      browser: await foundBy(createBrowserClient({ baseUrl })),
      refused: isApiError(missing) ? missing.status : missing,
      fastify: hello.json(),
      web: await web.json(),
      page: (await fetch(`${baseUrl}/`)).headers.get('content-type'),
      docs: (await fetch(`${baseUrl}/page/openapi-explorer.js`)).status,
    };
  } finally {
    await fastify.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await service.close();
  }
}

const { generation } = await readMetadata(picture);
process.stdout.write(
  `${JSON.stringify({
    prompt: generation?.prompt,
    steps: parseInfotext('a fox\nSteps: 7')?.generation.steps,
    embedder: typeof createOpenaiEmbedder,
    route: routes.system.hello.path === api.system.hello.path,
    thumbnail: await thumbnailFormat(),
    indexed: await indexedPaths(),
    clusters: await clusterSizes(),
    served: await served(),
  })}\n`,
);
