import { openIndex } from '@iib-kit/index-db';
import { openService, type IibService } from '@iib-kit/server';
import { beforeEach, expect, test } from 'vitest';

import { standInModel, vectorOf } from './helpers/stand-in-model.ts';
import { topicLibrary } from './helpers/topic-library.ts';
import { transports } from './helpers/transports.ts';

const model = await standInModel();
const ai = { apiKey: 'sk-x', baseUrl: model.baseUrl, retries: 0 };
const EMBEDDING_MODEL = 'text-embedding-3-small';

// What IIB 1.9.0 stores beside the vector of the prompt 'golden castle above a green valley'.
const castleHash = '5bd88f44e53fdcbdb06065aaf399b344873121990b6a63a8e00601b28d2602ad';

beforeEach(() => model.reset());

/** A service over a library that nothing was embedded of, and calls to it. */
async function served() {
  const made = await topicLibrary({ ai });
  return { ...made, ...(await calls(made.service)) };
}

async function calls(service: IibService) {
  const [transport] = transports;
  const server = await transport?.serve(service);
  const base = `${server?.origin ?? ''}${service.base}`;
  const json = async <T>(response: Promise<Response>) => (await (await response).json()) as T;
  const post = <T>(route: string, body: object) =>
    json<T>(
      fetch(base + route, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  const cluster = async (body: object) => {
    const { job_id } = await post<{ job_id: string }>('/db/cluster_iib_output_job_start', body);
    for (;;) {
      const job = await json<{ status: string; result: { cache_hit: boolean } | null }>(
        fetch(`${base}/db/cluster_iib_output_job_status?job_id=${job_id}`),
      );
      if (job.status !== 'queued' && job.status !== 'running') return job;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const embed = (body: object) =>
    post<{ updated: number; skipped: number }>('/db/build_iib_output_embeddings', body);
  return { post, embed, cluster, close: async () => server?.close() };
}

test('a text is paid for once, whatever its limit, as long as that does not cut it', async () => {
  const { embed, library, close } = await served();
  expect(await embed({ folder: library, max_chars: 4000 })).toMatchObject({ updated: 6 });
  expect(await embed({ folder: library, max_chars: 1000 })).toMatchObject({ updated: 0, skipped: 7 });
  expect(model.embedded()).toHaveLength(6);
  await close();
});

test('vectors that IIB made are used', async () => {
  const { service, options, library, at, close } = await served();
  await close();
  await service.close();
  const index = await openIndex({ path: options.dbPath ?? '' });
  const vector = Float32Array.from(vectorOf('castle'));
  await index.saveEmbeddings(EMBEDDING_MODEL, [{ path: at('castle.png'), textHash: castleHash, vector }]);
  await index.close();

  const again = await openService(options);
  const { embed, close: closeAgain } = await calls(again);
  expect(await embed({ folder: library })).toMatchObject({ updated: 5, skipped: 2 });
  expect(model.embedded()).toHaveLength(5);
  await closeAgain();
  await again.close();
});

test('a clustering that IIB kept answers the same request, and its tag graph', async () => {
  const { service, options, library, at, close, embed } = await served();
  await embed({ folder: library });
  await close();
  await service.close();
  const index = await openIndex({ path: options.dbPath ?? '' });
  const paths = [at('fox-1.png'), at('fox-2.png'), at('fox-3.png')];
  const others = ['sea/lighthouse-1.png', 'sea/lighthouse-2.png', 'castle.png', 'plain.png'].map(at);
  const states = await index.embeddingStates(EMBEDDING_MODEL, [...paths, ...others]);
  const updated = [...states.values()].map(({ updatedAt = '' }) => updatedAt).sort();
  await index.saveClusters('0d9f', {
    folders: [library],
    model: EMBEDDING_MODEL,
    parameters: {
      assign_noise_threshold: null,
      lang: 'en',
      min_cluster_size: 2,
      model: EMBEDDING_MODEL,
      nm: 'balanced',
      nv: 'nv_a0f98d34869f',
      recursive: true,
      threshold: 0.8,
      title_model: null,
    },
    embeddingsCount: 6,
    embeddingsUpdatedAt: updated.at(-1) ?? '',
    result: {
      folder: library,
      folders: [library],
      count: 7,
      threshold: 0.8,
      min_cluster_size: 2,
      model: EMBEDDING_MODEL,
      assign_noise_threshold: 0.88,
      clusters: [
        {
          id: 'topic_0',
          title: 'Foxes of IIB',
          keywords: ['fox', 'snow'],
          size: 3,
          paths,
          sample_prompt: 'red fox',
        },
      ],
      noise: others,
    },
  });
  await index.close();
  model.reset();

  const again = await openService(options);
  const { post, cluster, close: closeAgain } = await calls(again);
  const request = { folder_paths: [library], threshold: 0.8 };
  expect(await post('/db/cluster_iib_output_cached', request)).toMatchObject({
    cache_hit: true,
    stale: false,
    result: { clusters: [{ title: 'Foxes of IIB', paths }], cache_key: '0d9f' },
  });
  expect(await cluster(request)).toMatchObject({
    status: 'completed',
    result: { cache_hit: true, clusters: [{ title: 'Foxes of IIB' }] },
  });
  expect(await post('/db/cluster_iib_output_cached', { ...request, threshold: 0.7 })).toMatchObject({
    cache_hit: false,
  });
  expect(model.seen).toEqual([]);
  const graph = await post<{ layers: { nodes: { label: string }[] }[] }>('/db/cluster_tag_graph', {
    folder_paths: [library],
  });
  expect(graph.layers[0]?.nodes.map(({ label }) => label)).toEqual(['Foxes of IIB']);
  await closeAgain();
  await again.close();
});

test('the graph of a clustering that grouped nothing says why it is empty', async () => {
  const { cluster, post, library, close } = await served();
  const request = { folder_paths: [library], threshold: 0.8, min_cluster_size: 7 };
  expect(await cluster(request)).toMatchObject({ status: 'completed' });
  expect(await post('/db/cluster_tag_graph', { folder_paths: [library] })).toMatchObject({
    stats: {
      clusters: 0,
      failure:
        'the last clustering of these folders grouped none of their 7 images: threshold 0.8, at least 7 in a group',
    },
  });
  await close();
});
