import path from 'node:path';

import { openIndex } from '@iib-kit/index-db';
import { openService } from '@iib-kit/server';
import { expect, onTestFinished, test } from 'vitest';

import { makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { transports } from './helpers/transports.ts';

/** A service whose index a test can write to as an earlier version did. */
async function opened() {
  const { folder, remove } = await temporaryFolder();
  const library = path.join(folder, 'library');
  const index = await openIndex({ path: path.join(folder, 'iib.db') });
  const cacheDir = path.join(folder, 'cache');
  const open = () => openService({ index: () => openIndex({ path: path.join(folder, 'iib.db') }), ...rest });
  const rest = { extraPaths: [library], cacheDir, stateDir: path.join(folder, 'state') };
  onTestFinished(async () => {
    await index.close();
    await remove();
  });
  return { index, library, open };
}

async function served(service: Awaited<ReturnType<typeof openService>>) {
  const [transport] = transports;
  const server = await transport?.serve(service);
  onTestFinished(async () => {
    await server?.close();
    await service.close();
  });
  const base = `${server?.origin ?? ''}${service.base}`;
  return {
    get: async (route: string) => (await fetch(base + route)).text(),
    post: async (route: string, body: object) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(base + route, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    },
  };
}

const finished = {
  owner: '1/x/y',
  status: 'completed',
  stage: 'done',
  progress: 1,
  createdTime: Date.now() / 1000,
  updatedTime: Date.now() / 1000,
  finishedTime: Date.now() / 1000,
};

/** As the API answered it, and as it was stored. */
const clusters = (library: string, key: string) => ({
  folder: library,
  folders: [library],
  threshold: 0.9,
  min_cluster_size: 2,
  assign_noise_threshold: null,
  lang: 'en',
  embedder: 'local',
  model: 'local-1',
  title_model: 'local',
  text_version: 'prompt-1-balanced-4000',
  cache_key: key,
  count: 3,
  clusters: [
    {
      id: 'topic_1',
      title: 'Foxes',
      keywords: ['fox'],
      size: 2,
      paths: [path.join(library, 'a.png'), path.join(library, 'b.png')],
      sample_prompt: 'a fox',
    },
  ],
  noise: [path.join(library, 'c.png')],
  failed: 0,
  skipped_failed: 0,
  failure: null,
  title_failure: null,
  cache_hit: true,
});

test('jobs of an earlier version are answered byte for byte as that version answered them', async () => {
  const { index, library, open } = await opened();
  const records = {
    cluster: [
      { scanned: 3, skippedFailed: 0, to_embed: 3, embedded_done: 3, folder: library },
      clusters(library, 'k'),
    ],
    organize: [
      { stage: 'moving', moved_done: 4, current_file: '' },
      { moved_count: 4, errors: 0 },
    ],
    index: [
      { reread: false, done: 1 },
      { added: 1, failed_count: 0, failed: [] },
    ],
  } as const;
  for (const [kind, [detail, result]] of Object.entries(records)) {
    await index.saveJob({ ...finished, id: `old-${kind}`, kind, detail }, result);
  }
  const { get } = await served(await open());
  for (const [kind, [detail, result]] of Object.entries(records)) {
    const answer = await get(`/db/jobs/status?job_id=old-${kind}`);
    expect(answer).toContain(`"progress_detail":${JSON.stringify(detail)},`);
    expect(answer.endsWith(`"result":${JSON.stringify(result)}}`)).toBe(true);
  }
  const answer = await get('/db/cluster_iib_output_job_status?job_id=old-cluster');
  expect(answer.endsWith(`"result":${JSON.stringify(records.cluster[1])}}`)).toBe(true);
});

test('a clustering that an earlier version cached is answered', async () => {
  const { index, library, open } = await opened();
  // Images that are gone would be left out.
  for (const name of ['a.png', 'b.png', 'c.png']) await makeImage(path.join(library, name));
  await index.update([library]);
  const { post } = await served(await open());
  const cached = () => post('/db/cluster_iib_output_cached', { folder: library });
  const { cache_key: key } = (await cached()) as { cache_key: string };
  const result = clusters(library, key);
  await index.saveClusters(key, {
    folders: [library],
    model: 'local-1',
    parameters: { images: 3, fingerprint: 'f' },
    embeddingsCount: 3,
    embeddingsUpdatedAt: '',
    result,
  });
  expect(await cached()).toMatchObject({ cache_hit: true, stale: true, result });
});
