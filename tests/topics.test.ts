import path from 'node:path';

import { createClient, type Client } from '@iib-kit/client';
import { launchApp, type LaunchedApp } from '@iib-kit/server';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const { folder, remove } = await temporaryFolder();
const library = path.join(folder, 'library');
let app: LaunchedApp;
let client: Client;

beforeAll(async () => {
  await makeLibrary(library, {
    'kite-1.png': 'red kite, blue sky, summer meadow, wind',
    'kite-2.png': 'red kite, blue sky, summer meadow, breeze',
    'boat.png': 'wooden boat on a misty lake',
  });
  app = await launchApp({
    port: 0,
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  client = createClient({ baseUrl: app.url });
  await client.search.updateIndex();
});

afterAll(async () => {
  await app.close();
  await remove();
});

test('a library is grouped, searched and shown as a graph through the client', async () => {
  const at = (name: string) => path.join(library, name);
  const { job_id } = await client.ai.startClusterJob({ folder: library, threshold: 0.85 });
  for await (const { event } of await client.jobs.events({ job_id })) expect(event.job.kind).toBe('cluster');
  const { status, result } = await client.ai.clusterJobStatus({ job_id });
  expect(status).toBe('completed');
  expect(result?.clusters.map(({ paths }) => [...paths].sort())).toEqual([
    [at('kite-1.png'), at('kite-2.png')],
  ]);
  expect(result?.noise).toEqual([at('boat.png')]);
  expect(await client.ai.cachedClusters({ folder: library, threshold: 0.85 })).toMatchObject({
    cache_hit: true,
    stale: false,
  });
  const found = await client.ai.searchByPrompt({ query: 'a boat on a lake', top_k: 1 });
  expect(found.results.map((hit) => hit.path)).toEqual([at('boat.png')]);

  const graph = await client.tagGraph.build({ folder_paths: [library] });
  const { topic_cluster_cache_key } = graph.stats;
  const { paths } = await client.tagGraph.clusterPaths({ topic_cluster_cache_key, cluster_id: 'topic_1' });
  expect(paths.sort()).toEqual([at('kite-1.png'), at('kite-2.png')]);
  await expect(client.ai.chat({ messages: [{ role: 'user', content: 'hi' }] })).rejects.toMatchObject({
    status: 400,
  });
});
