import { rmSync, mkdtempSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';

import { openIndex } from '@iib-kit/index-db';
import { expect, onTestFinished, test } from 'vitest';

import { Refusal } from '../ports/refusal.ts';
import { MAX_WAITING_JOBS } from './keyed-limiter.ts';
import { openJobs, type JobRun } from './open-jobs.ts';

const messageFor = (error: unknown) => (error instanceof Refusal ? error.message : undefined);

async function opened(file?: string) {
  const folder = file ?? mkdtempSync(path.join(tmpdir(), 'iib-jobs-'));
  if (file === undefined) onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const index = await openIndex({ path: path.join(folder, 'iib.db'), readers: 1 });
  const logged: string[] = [];
  const log = {
    warn: (_: object, message: string) => void logged.push(message),
    error: (_: object, message: string) => void logged.push(message),
  };
  const jobs = await openJobs({ index, log, messageFor });
  const close = async () => {
    await jobs.close();
    await index.close();
  };
  onTestFinished(close);
  return { jobs, index, logged, folder, close };
}

/** Work that runs until it is released, or stopped. */
function held<T>(value: T) {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let begin: (job: JobRun) => void = () => {};
  const running = new Promise<JobRun>((resolve) => (begin = resolve));
  const run = async (job: JobRun): Promise<T> => {
    begin(job);
    const stopped = new Promise<never>((_, reject) =>
      job.signal.addEventListener('abort', () => reject(job.signal.reason as Error)),
    );
    await Promise.race([released, stopped]);
    return value;
  };
  return { run, release: () => release(), running };
}

test('a job runs, tells where it is and keeps its result, also for the next opening', async () => {
  const first = await opened();
  const work = held({ bytes: 7 });
  const told: [string, string, number][] = [];
  first.jobs.subscribe(({ status, stage, progress }, isStep) => {
    if (isStep) told.push([status, stage, progress]);
  });
  const { id, done } = first.jobs.start({ kind: 'zip', detail: { files: 2 }, run: work.run });
  const { report } = await work.running;
  report({ stage: 'packing', progress: 0.5, detail: { done: 1 } });
  expect(first.jobs.get(id)).toMatchObject({
    status: 'running',
    stage: 'packing',
    progress: 0.5,
    detail: { done: 1 },
  });
  report({ progress: 7 });
  expect(first.jobs.get(id)).toMatchObject({ stage: 'packing', progress: 1, detail: { done: 1 } });
  work.release();
  expect(await done).toEqual({ bytes: 7 });
  expect(await first.jobs.result(id)).toEqual({ bytes: 7 });
  expect(told).toEqual([
    ['queued', 'queued', 0],
    ['running', 'running', 0],
    ['running', 'packing', 0.5],
    ['completed', 'done', 1],
  ]);
  const over = first.jobs.get(id);
  await first.close();

  const second = await opened(first.folder);
  expect(second.jobs.all()).toEqual([over]);
  expect(await second.jobs.result(id)).toEqual({ bytes: 7 });
});

test('progress is told now and then, the latest of it', async () => {
  const { jobs } = await opened();
  const work = held(null);
  jobs.start({ kind: 'zip', run: work.run });
  const { report } = await work.running;
  const told = new Promise<number>((resolve) => jobs.subscribe(({ progress }) => resolve(progress)));
  for (let step = 1; step <= 50; step += 1) report({ progress: step / 100 });
  expect(await told).toBe(0.5);
  work.release();
});

test('why a job failed is told in words that are meant for clients, else only in the log', async () => {
  const { jobs, logged } = await opened();
  const refused = jobs.start({
    kind: 'zip',
    run: () => Promise.reject(new Refusal('missing', { path: 'a.png' })),
  });
  await expect(refused.done).rejects.toThrow('"a.png" is not there');
  const broken = jobs.start({ kind: 'zip', run: () => Promise.reject(new Error('secret internals')) });
  await expect(broken.done).rejects.toThrow('secret internals');
  expect(jobs.all().map(({ status, error }) => [status, error])).toEqual([
    ['failed', 'internal error'],
    ['failed', '"a.png" is not there'],
  ]);
  expect(logged).toEqual(['a job failed']);
});

test('jobs of a kind take turns; those of another do not wait for them', async () => {
  const { jobs } = await opened();
  const [one, two, other] = [held(1), held(2), held(3)];
  jobs.start({ kind: 'index', run: one.run });
  const second = jobs.start({ kind: 'index', run: two.run });
  jobs.start({ kind: 'thumbnails', run: other.run });
  await one.running;
  await other.running;
  expect(jobs.get(second.id)?.status).toBe('queued');
  one.release();
  await two.running;
  two.release();
  other.release();
  expect(await second.done).toBe(2);
});

test('a job that waits and one that runs are cancelled; one that is over stays as it is', async () => {
  const { jobs } = await opened();
  const [one, two] = [held(1), held(2)];
  const running = jobs.start({ kind: 'index', run: one.run });
  const waiting = jobs.start({ kind: 'index', run: two.run });
  await one.running;
  jobs.cancel(waiting.id);
  await expect(waiting.done).rejects.toMatchObject({
    code: 'job-cancelled',
    message: 'the job was cancelled',
  });
  jobs.cancel(running.id);
  await expect(running.done).rejects.toMatchObject({ code: 'job-cancelled' });
  expect(jobs.all().map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  const finished = jobs.start({ kind: 'index', run: async () => 5 });
  await finished.done;
  expect(jobs.cancel(finished.id)).toMatchObject({ status: 'completed' });
  expect(jobs.cancel('unknown')).toBeUndefined();
});

test('what is started under one name at once is one job, and afterwards another', async () => {
  const { jobs } = await opened();
  const work = held({});
  const spec = { kind: 'index', shareAs: 'update', run: work.run };
  const first = jobs.start(spec);
  expect(jobs.start(spec)).toBe(first);
  work.release();
  const [one, two] = await Promise.all([first.done, first.done]);
  expect(one).toBe(two);
  const next = jobs.start(spec);
  expect(next.id).not.toBe(first.id);
  jobs.cancel(next.id);
  expect(jobs.start(spec).id).not.toBe(next.id);
});

test('too many that wait are refused', async () => {
  const { jobs } = await opened();
  const work = held(null);
  jobs.start({ kind: 'index', run: work.run });
  for (let count = 0; count < MAX_WAITING_JOBS; count += 1)
    jobs.start({ kind: 'index', run: async () => null });
  expect(() => jobs.start({ kind: 'index', run: async () => null })).toThrow(
    expect.objectContaining({
      code: 'too-many-jobs',
      message: '100 jobs of the kind index are waiting already',
    }),
  );
});

test('closing stops what runs and says so; nothing starts afterwards', async () => {
  const first = await opened();
  const work = held(null);
  const { done } = first.jobs.start({ kind: 'index', run: work.run });
  await work.running;
  await first.close();
  await expect(done).rejects.toMatchObject({ code: 'closed', message: 'the server is stopping' });
  expect(() => first.jobs.start({ kind: 'index', run: async () => null })).toThrow('the server is stopping');
  const second = await opened(first.folder);
  expect(second.jobs.all()).toMatchObject([{ status: 'failed', error: 'the server was stopped' }]);
});

test('what a process that is gone left behind has failed; what another one runs is left alone', async () => {
  const first = await opened();
  const stored = {
    kind: 'zip',
    stage: 'packing',
    progress: 0.5,
    detail: { done: 1 },
    createdTime: 1_700_000_000,
    startedTime: 1_700_000_001,
    updatedTime: 1_700_000_002,
  };
  const gone = `${process.pid}/an-earlier-run/${hostname()}`;
  await first.index.saveJob({ ...stored, id: 'ran', status: 'running', owner: gone });
  await first.index.saveJob({ ...stored, id: 'waited', status: 'queued', owner: gone });
  await first.index.saveJob({
    ...stored,
    id: 'elsewhere',
    status: 'running',
    owner: `${process.ppid}/x/${hostname()}`,
  });
  await first.index.saveJob({ ...stored, id: 'strange', status: 'sleeping', owner: gone });
  await first.close();
  const second = await opened(first.folder);
  expect(second.jobs.all().map(({ id, status, error, progress }) => [id, status, error, progress])).toEqual([
    ['waited', 'failed', 'the server stopped before it began', 0.5],
    ['ran', 'failed', 'the server stopped while it ran', 0.5],
  ]);
  expect((await second.index.jobs()).find(({ id }) => id === 'ran')).toMatchObject({ status: 'failed' });
  expect((await second.index.jobs()).find(({ id }) => id === 'elsewhere')).toMatchObject({
    status: 'running',
  });
});

test('old jobs and the oldest of many are forgotten, by kind', async () => {
  const first = await opened();
  const now = Date.now() / 1000;
  const day = 24 * 3600;
  const stored = { owner: 'x', status: 'completed', stage: 'done', progress: 1, detail: {} };
  const at = (time: number) => ({ createdTime: time, updatedTime: time, finishedTime: time });
  const save = (id: string, kind: string, time: number) =>
    first.index.saveJob({ ...stored, id, kind, ...at(time) });
  await save('old zip', 'zip', now - 8 * day);
  await save('topics', 'cluster', now - 300 * day);
  await save('sorted', 'organize', now - 300 * day);
  await save('old topics', 'cluster', now - 366 * day);
  for (let number = 0; number < 60; number += 1) await save(`zip-${number}`, 'zip', now - 1000 + number);
  await first.close();
  const second = await opened(first.folder);
  expect(second.jobs.all()).toHaveLength(52);
  await second.jobs.start({ kind: 'zip', run: async () => null }).done;
  const ids = (await second.index.jobs()).map(({ id }) => id);
  expect(ids).toHaveLength(52);
  expect(ids).toEqual(expect.arrayContaining(['topics', 'sorted', 'zip-11', 'zip-59']));
  expect(ids).not.toContain('zip-10');
});

test('a job that is not worth a record is known to those who followed it, and not to the next opening', async () => {
  const first = await opened();
  const told: string[] = [];
  first.jobs.subscribe(({ id, status }) => told.push(`${id} ${status}`));
  const spec = { kind: 'index', isWorthRecord: (found: number) => found > 0 };
  const nothing = first.jobs.start({ ...spec, run: async () => 0 });
  await nothing.done;
  const something = first.jobs.start({ ...spec, run: async () => 3 });
  await something.done;
  expect(first.jobs.get(nothing.id)).toMatchObject({ status: 'completed', progress: 1 });
  expect(await first.jobs.result(nothing.id)).toBe(0);
  expect(told).toContain(`${nothing.id} completed`);
  const followed: string[] = [];
  for (let number = 0; number < 51; number += 1) {
    const job = first.jobs.start({ ...spec, run: async () => 0 });
    await job.done;
    followed.push(job.id);
  }
  expect(first.jobs.get(nothing.id)).toBeUndefined();
  expect(first.jobs.get(followed[0] ?? '')).toBeUndefined();
  expect(first.jobs.get(followed[1] ?? '')).toMatchObject({ status: 'completed' });
  await first.close();
  const second = await opened(first.folder);
  expect(second.jobs.all().map(({ id }) => id)).toEqual([something.id]);
});
