import { rm } from 'node:fs/promises';

import { openIndex } from '@iib-kit/index-db';
import { openService, type IibService } from '@iib-kit/server';
import type { ClusterResult, Job } from '@iib-kit/contract';
import { expect, onTestFinished, test } from 'vitest';

import { topicLibrary } from './helpers/topic-library.ts';
import { transports } from './helpers/transports.ts';
import { until } from './helpers/until.ts';

type ClusterJob = Job & { readonly result: ClusterResult | null };

async function calls(service: IibService) {
  const [transport] = transports;
  const served = await transport?.serve(service);
  onTestFinished(async () => served?.close());
  const base = `${served?.origin ?? ''}${service.base}`;
  const job = async (id: string, route = '/db/cluster_iib_output_job_status') =>
    (await (await fetch(`${base}${route}?job_id=${id}`)).json()) as ClusterJob;
  const ask = async (route: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${base}${route}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  };
  const cluster = async (body: object) => {
    const started = await ask('/db/cluster_iib_output_job_start', { threshold: 0.85, ...body });
    const { job_id: id } = started as { job_id: string };
    return until(
      () => job(id),
      ({ status }) => status !== 'queued' && status !== 'running',
    );
  };
  return { ask, job, cluster };
}

/** The index of a library, opened beside the service. */
async function indexBeside(dbPath: string | undefined) {
  const index = await openIndex({ path: dbPath ?? '', readers: 1 });
  onTestFinished(() => index.close());
  return index;
}

test('the record of a job refers to the one result in the cache, and each job says whether it was there', async () => {
  const { service, library, options } = await topicLibrary();
  const { job, cluster } = await calls(service);
  const first = await cluster({ folder: library });
  const second = await cluster({ folder: library });
  const index = await indexBeside(options.dbPath);
  const stored = (await index.jobResult(first.job_id)) as { runId: string };
  expect(stored).toEqual({
    version: 2,
    cacheKey: first.result?.cache_key,
    runId: expect.any(String),
    cacheHit: false,
  });
  expect(await index.jobResult(second.job_id)).toEqual({ ...stored, cacheHit: true });
  expect(second.result).toEqual({ ...first.result, cache_hit: true });
  expect(first.result?.clusters.map(({ size }) => size)).toEqual([3, 2]);
  expect((await job(first.job_id, '/db/jobs/status')).result).toEqual(first.result);
});

test('a clustering lists no images that are gone, whoever asks for it', async () => {
  const { service, library } = await topicLibrary();
  const { job, cluster, ask } = await calls(service);
  const made = await cluster({ folder: library });
  const [large, small] = made.result?.clusters ?? [];
  const gone = [large?.paths[0] ?? '', ...(small?.paths ?? [])];
  await Promise.all(gone.map((path) => rm(path)));
  await service.library.update();
  const left = { ...large, size: 2, paths: large?.paths.slice(1) };
  const count = (made.result?.count ?? 0) - gone.length;
  expect((await job(made.job_id)).result).toEqual({ ...made.result, count, clusters: [left] });
  const cached = await ask('/db/cluster_iib_output_cached', { folder: library, threshold: 0.85 });
  expect(cached).toMatchObject({ cache_hit: true, stale: true, result: { count, clusters: [left] } });
});

test('a job whose result a later run replaced says so and gives no other', async () => {
  const { service, library } = await topicLibrary();
  const { job, cluster } = await calls(service);
  const first = await cluster({ folder: library });
  const later = await cluster({ folder: library, force_title: true });
  expect(later.result?.cache_key).toBe(first.result?.cache_key);
  const replaced = {
    status: 'completed',
    result: null,
    error:
      'the result was replaced by a later clustering with the same settings; POST /db/cluster_iib_output_cached answers that one',
  };
  expect(await job(first.job_id)).toMatchObject(replaced);
  expect(await job(first.job_id, '/db/jobs/status')).toMatchObject(replaced);
  expect(await job(later.job_id)).toMatchObject({ error: null, result: later.result });
});

test('a job whose result is gone from the cache says so', async () => {
  const { service, options } = await topicLibrary();
  await service.close();
  const index = await indexBeside(options.dbPath);
  const time = Date.now() / 1000;
  const reference = { version: 2, cacheKey: 'gone', runId: 'r', cacheHit: false };
  const times = { createdTime: time, updatedTime: time, finishedTime: time };
  const state = { owner: '1/x/y', status: 'completed', stage: 'done', progress: 1, detail: {}, ...times };
  await index.saveJob({ ...state, id: 'old', kind: 'cluster' }, reference);
  const again = await openService(options);
  onTestFinished(() => again.close());
  const { job } = await calls(again);
  expect(await job('old')).toMatchObject({
    status: 'completed',
    result: null,
    error: 'the result is no longer in the cache; start the clustering again',
  });
});

test('a server that ends between the two writes has the result, and the job has failed', async () => {
  const { service, library, options } = await topicLibrary();
  await service.close();
  const { dbPath = '', ...rest } = options;
  const index = await openIndex({ path: dbPath, readers: 1 });
  const saveJob: typeof index.saveJob = (job, ...given) =>
    job.status === 'completed' ? Promise.resolve() : index.saveJob(job, ...given);
  const unfinished = await openService({ ...rest, index: { ...index, saveJob } });
  const { job_id: id } = await (await calls(unfinished)).cluster({ folder: library });
  await unfinished.close();
  const again = await openService(options);
  onTestFinished(() => again.close());
  const { job, cluster } = await calls(again);
  expect(await job(id)).toMatchObject({
    status: 'failed',
    error: 'the server stopped while it ran',
    result: null,
  });
  const next = await cluster({ folder: library });
  expect(next).toMatchObject({ status: 'completed', result: { cache_hit: true } });
  expect(next.result?.clusters.map(({ size }) => size)).toEqual([3, 2]);
});
