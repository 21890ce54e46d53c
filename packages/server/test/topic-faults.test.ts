import { rm } from 'node:fs/promises';

import type { ClusterResult } from '@iib-kit/contract';
import { openService, type IibService } from '@iib-kit/server';
import { expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import {
  answer,
  embeddings,
  properly,
  standInModel,
  vectorOf,
  type Respond,
} from './helpers/stand-in-model.ts';
import { topicLibrary } from './helpers/topic-library.ts';
import { transports } from './helpers/transports.ts';

const KEY = 'sk-secret-of-the-server';
const model = await standInModel();
const ai = { apiKey: KEY, baseUrl: model.baseUrl, timeoutMs: 1000, retries: 0 };

interface Job {
  status: string;
  stage: string;
  progress: number | object;
  error: string | null;
  result: ClusterResult | null;
}

/** What is looked at of answers. */
interface Answer {
  job_id: string;
  detail: string;
}

async function calls(service: IibService) {
  const [transport] = transports;
  const served = await transport?.serve(service);
  const base = `${served?.origin ?? ''}${service.base}`;
  const post = async (route: string, body: object): Promise<{ status: number; value: Answer }> => {
    const response = await fetch(base + route, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, value: (await response.json()) as Answer };
  };
  const job = async (id: string): Promise<Job> =>
    (await (await fetch(`${base}/db/cluster_iib_output_job_status?job_id=${id}`)).json()) as Job;
  const start = async (body: object): Promise<string> =>
    (await post('/db/cluster_iib_output_job_start', body)).value.job_id;
  const until = async (id: string, fits: (job: Job) => boolean): Promise<Job> => {
    for (;;) {
      const now = await job(id);
      if (fits(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const isOver = ({ status }: Job) => ['completed', 'failed', 'cancelled', 'done', 'error'].includes(status);
  return {
    post,
    job,
    start,
    until,
    cluster: async (body: object = {}) => until(await start(body), isOver),
    close: async () => served?.close(),
  };
}

/** A library with a provider that answers so. */
async function withModel(respond: Respond = properly) {
  const library = await topicLibrary({ ai });
  model.reset(respond);
  return { ...library, ...(await calls(library.service)) };
}

const failing =
  (status: number, message: string): Respond =>
  (_, response) =>
    answer(response, { error: { message } }, status);

const embedding =
  (change: (text: string) => readonly number[]): Respond =>
  (seen, response) =>
    seen.path === '/v1/embeddings'
      ? answer(response, embeddings(seen.body, change))
      : properly(seen, response);

test.each<[string, Respond, string]>([
  [
    'a wrong key',
    failing(401, `Incorrect API key provided: ${KEY}`),
    'answered 401 Incorrect API key provided: ***',
  ],
  ['no credit', failing(402, 'pay first'), 'answered 402 pay first'],
  ['an unknown model', failing(404, 'no such model'), 'answered 404 no such model'],
])('%s ends a clustering with its reason, without the key', async (_, respond, reason) => {
  const { cluster, post, close } = await withModel(respond);
  const job = await cluster();
  expect(job).toMatchObject({ status: 'failed', stage: 'embedding', result: null });
  expect(job.error).toContain(reason);
  const built = await post('/db/build_iib_output_embeddings', {});
  expect(built.status).toBeGreaterThanOrEqual(400);
  expect(built.value.detail).toContain(reason);
  expect(JSON.stringify([job, built])).not.toContain(KEY);
  await close();
});

test.each<[string, Respond, RegExp]>([
  ['too many requests', failing(429, 'slow down'), /429 slow down/],
  ['a failure', failing(500, 'boom'), /500 boom/],
  ['a hang', () => {}, /did not answer within 1000 ms/],
  [
    'half an answer',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"data": [');
    },
    /cannot be read/,
  ],
  ['a wrong count', (_, response) => answer(response, { data: [] }), /gave 0 vectors for 6 texts/],
])('%s leaves images without vectors in noise, and they are asked again', async (_, respond, reason) => {
  const { cluster, close } = await withModel(respond);
  const { status, result } = await cluster();
  expect(status).toBe('completed');
  expect(result).toMatchObject({ count: 7, clusters: [], failed: 6, skipped_failed: 0 });
  expect(result?.failure).toMatch(reason);
  expect(result?.noise).toHaveLength(7);
  model.reset();
  expect((await cluster()).result).toMatchObject({ failed: 0, failure: null, cache_hit: false });
  expect(model.embedded()).toHaveLength(6);
  await close();
});

test.each<[string, readonly number[]]>([
  ['NaN', [Number.NaN, 0, 0, 0, 0]],
  ['nothing but zeros', [0, 0, 0, 0, 0]],
])('%s for a text is remembered and not paid for again', async (_, bad) => {
  const { cluster, post, at, close } = await withModel(
    embedding((text) => (text.includes('castle') ? bad : vectorOf(text))),
  );
  const first = await cluster();
  expect(first.result).toMatchObject({ failed: 1, skipped_failed: 0 });
  expect(first.result?.clusters.map(({ size }) => size)).toEqual([3, 2]);
  expect([...(first.result?.noise ?? [])].sort()).toEqual([at('castle.png'), at('plain.png')]);
  const bought = model.embedded().length;
  expect((await cluster()).result).toMatchObject({ failed: 0, skipped_failed: 1 });
  expect(model.embedded()).toHaveLength(bought);
  await post('/db/build_iib_output_embeddings', { force: true });
  expect(model.embedded()).toHaveLength(bought + 6);
  await close();
});

test.each<[string, number, unknown, string]>([
  [
    'an account in arrears',
    400,
    { error: { message: 'Access denied, your account is not in good standing.', code: 'InvalidState' } },
    'answered 400 Access denied, your account is not in good standing.',
  ],
  ['no model loaded', 422, { detail: 'no model is loaded' }, 'answered 422 no model is loaded'],
])('%s fails the job with its reason, and no prompt is held responsible', async (_, status, said, reason) => {
  const { cluster, post, close } = await withModel((_seen, response) => answer(response, said, status));
  const job = await cluster();
  expect(job).toMatchObject({ status: 'failed', stage: 'embedding', result: null });
  expect(job.error).toContain(reason);
  expect((await post('/db/build_iib_output_embeddings', {})).value.detail).toContain(reason);
  model.reset();
  expect((await cluster()).result).toMatchObject({ count: 7, failed: 0, skipped_failed: 0, failure: null });
  expect((await post('/db/build_iib_output_embeddings', {})).value).toMatchObject({ updated: 0, failed: 0 });
  await close();
});

test('one prompt that the model refuses is remembered, the others get their vectors', async () => {
  const { cluster, close } = await withModel((seen, response) => {
    const input = seen.body['input'] as string[] | undefined;
    if (input?.some((text) => text.includes('castle'))) answer(response, { error: 'blocked' }, 400);
    else properly(seen, response);
  });
  expect((await cluster()).result).toMatchObject({ failed: 1, skipped_failed: 0 });
  expect((await cluster()).result).toMatchObject({ failed: 0, skipped_failed: 1, failure: null });
  await close();
});

test('a clustering of nothing says why', async () => {
  const { cluster, at, post, service, close } = await withModel((seen, response) => {
    const texts = (seen.body['input'] ?? []) as string[];
    if (texts.some((text) => text !== 'cat')) answer(response, { error: 'blocked' }, 400);
    else properly(seen, response);
  });
  expect((await cluster()).result).toMatchObject({
    clusters: [],
    failed: 6,
    failure: expect.stringContaining('blocked'),
  });
  expect((await cluster()).result).toMatchObject({
    clusters: [],
    skipped_failed: 6,
    failure: 'the model refused the prompts of 6 images earlier; force_embed asks it again',
  });
  await makeImage(at('silent/one.png'));
  await service.library.update();
  expect((await cluster({ folder: at('silent') })).result?.failure).toBe('none of the 1 images has a prompt');
  await rm(at('silent/one.png'));
  await service.library.update();
  expect((await cluster({ folder: at('silent') })).result?.failure).toBe(
    'there are no images in these folders',
  );
  expect((await post('/db/build_iib_output_embeddings', {})).status).toBe(200);
  await close();
});

test.each(['marengo3.0', 'Marengo-retrieval-2.7'])(
  '%s is named as a model that is not supported',
  async (name) => {
    const { options, service } = await topicLibrary({ ai: { ...ai, embeddingModel: name } });
    model.reset();
    const { cluster, post, close } = await calls(service);
    expect((await cluster()).result).toMatchObject({ embedder: 'local', count: 7, failure: null });
    for (const asked of [{ embedder: 'openai' }, { model: name }]) {
      const { status, value } = await post('/db/build_iib_output_embeddings', asked);
      expect([status, value.detail]).toEqual([
        400,
        `"${name}" is a model of TwelveLabs, which is not supported: embeddings need a provider with OpenAI's API`,
      ]);
    }
    expect(model.embedded()).toEqual([]);
    expect(options.ai?.embeddingModel).toBe(name);
    await close();
  },
);

test('a vector of another length than the others fails alone', async () => {
  const { cluster, close } = await withModel(
    embedding((text) => (text.includes('castle') ? [1, 2] : vectorOf(text))),
  );
  const { result } = await cluster();
  expect(result).toMatchObject({ count: 7, failed: 1 });
  expect(result?.failure).toBe('the model gave a vector of 2 numbers where others have 5');
  expect(result?.clusters.map(({ size }) => size)).toEqual([3, 2]);
  await close();
});

test('a model that gives longer vectors under its old name has all made anew', async () => {
  const { cluster, at, service, close } = await withModel();
  expect((await cluster()).result?.clusters.map(({ size }) => size)).toEqual([3, 2]);
  model.reset(embedding((text) => [...vectorOf(text), 0.01]));
  await makeImage(at('fox-4.png'), { text: infotext('red fox, deep snow', 9) });
  await service.library.update();
  const { result } = await cluster();
  expect(result?.clusters.map(({ size }) => size)).toEqual([4, 2]);
  expect(model.embedded()).toHaveLength(7);
  await close();
});

test('another model in the request has vectors and results of its own', async () => {
  const { cluster, post, close } = await withModel();
  const first = await cluster();
  const other = await cluster({ model: 'other-model' });
  expect(other.result).toMatchObject({ model: 'other-model', cache_hit: false });
  expect(other.result?.cache_key).not.toBe(first.result?.cache_key);
  expect(model.embedded()).toHaveLength(12);
  const local = await cluster({ embedder: 'local', threshold: 0.85 });
  expect(local.result).toMatchObject({ embedder: 'local', model: 'local-1', title_model: 'local' });
  const cached = await post('/db/cluster_iib_output_cached', { model: 'other-model' });
  expect(cached.value).toMatchObject({ cache_hit: true, stale: false, model: 'other-model' });
  await close();
});

test('titles that the model fails on are made here, and asked for again', async () => {
  const { cluster, close } = await withModel((seen, response) =>
    seen.path === '/v1/embeddings' ? properly(seen, response) : failing(500, `down, ${KEY}`)(seen, response),
  );
  const first = await cluster();
  expect(first).toMatchObject({ status: 'completed', error: null });
  expect(first.result?.title_failure).toContain('500 down, ***');
  expect(first.result?.clusters[0]?.title).toMatch(/fox|snow|pine/i);
  model.reset();
  const second = await cluster();
  expect(second.result).toMatchObject({ title_failure: null });
  expect(second.result?.clusters.map(({ title, keywords }) => [title, keywords])).toEqual([
    ['By the model', ['asked']],
    ['By the model', ['asked']],
  ]);
  expect(model.embedded()).toEqual([]);
  await close();
});

test('what came, went or changed makes a result stale, and why is told', async () => {
  const { cluster, post, at, service, close } = await withModel();
  const cached = async () => (await post('/db/cluster_iib_output_cached', {})).value;
  await cluster();
  expect(await cached()).toMatchObject({
    stale: false,
    stale_reason: { reason: null, stored: 7, current: 7 },
  });
  await rm(at('fox-3.png'));
  await service.library.update();
  expect(await cached()).toMatchObject({
    stale: true,
    stale_reason: {
      folders_changed: true,
      embeddings_changed: true,
      reason: 'images came, went, or have another prompt',
      stored: 7,
      current: 6,
      embeddings_count: 5,
    },
  });
  expect((await cluster()).result).toMatchObject({ cache_hit: false, count: 6 });
  await post('/db/build_iib_output_embeddings', { force: true });
  expect(await cached()).toMatchObject({
    stale: true,
    stale_reason: { folders_changed: false, reason: 'vectors came, went, or were made anew' },
  });
  await close();
});

test('images all alike are one cluster, and one image is noise', async () => {
  const { cluster, at, close } = await withModel(embedding(() => [1, 1, 1]));
  const { result } = await cluster();
  expect(result?.clusters.map(({ size }) => size)).toEqual([6]);
  expect(result?.noise).toEqual([at('plain.png')]);
  expect((await cluster({ folder: at('sea'), min_cluster_size: 3 })).result).toMatchObject({
    count: 2,
    clusters: [],
    noise: [at('sea/lighthouse-1.png'), at('sea/lighthouse-2.png')],
  });
  await close();
});

test('a clustering is cancelled while the model is asked, and what was paid for is kept', async () => {
  let held = 0;
  const { start, until, post, cluster, close } = await withModel((seen, response) => {
    if ((seen.body['input'] as string[]).some((text) => text.includes('castle'))) held += 1;
    else properly(seen, response);
  });
  const id = await start({ batch_size: 1 });
  await until(id, () => held > 0);
  await until(id, ({ progress }) => (progress as number) > 0.4);
  expect((await post('/db/jobs/cancel', { job_id: id })).status).toBe(200);
  expect(await until(id, ({ status }) => status !== 'running')).toMatchObject({
    status: 'cancelled',
    error: 'the job was cancelled',
    result: null,
  });
  model.reset();
  expect((await cluster()).result).toMatchObject({ failed: 0 });
  expect(model.embedded()).toHaveLength(1);
  await close();
});

test('a server that stops in the middle tells so when it is back, and goes on from what was paid for', async () => {
  let held = 0;
  const first = await withModel((seen, response) => {
    if ((seen.body['input'] as string[]).some((text) => text.includes('castle'))) held += 1;
    else properly(seen, response);
  });
  const id = await first.start({ batch_size: 1 });
  await first.until(id, () => held > 0);
  await first.until(id, ({ progress }) => (progress as number) > 0.4);
  await first.close();
  await first.service.close();
  model.reset();
  const again = await openService({ ...first.options, dialect: 'iib-web' });
  const second = await calls(again);
  expect(await second.job(id)).toMatchObject({
    status: 'error',
    error: 'the server was stopped',
    result: null,
  });
  const job = await second.cluster();
  expect(job).toMatchObject({
    status: 'done',
    stage: 'done',
    progress: {
      scanned: 7,
      to_embed: 1,
      embedded_done: 1,
      updated: 1,
      items_total: 6,
      clusters_total: 2,
      clusters_done: 2,
    },
  });
  expect(job.result).toMatchObject({ count: 7, folder: first.library });
  expect(model.embedded()).toHaveLength(1);
  await second.close();
  await again.close();
});
