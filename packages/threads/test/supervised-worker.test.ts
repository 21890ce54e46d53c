import { afterEach, expect, test, vi } from 'vitest';

import {
  startThread,
  superviseWorker,
  type SupervisedWorkerOptions,
  type WorkerClient,
} from '../src/index.ts';
import { buildWorker } from './helpers/build-worker.ts';
import type { SampleMethods } from './helpers/sample-methods.ts';

const script = await buildWorker('sample-worker');
const failingScript = await buildWorker('failing-worker');
const over = new Error('The test is over');
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Starts the scripts in their order, the last of them again and again. */
function supervised(scripts: readonly URL[], options: Partial<SupervisedWorkerOptions<SampleMethods>> = {}) {
  const workers: WorkerClient<SampleMethods>[] = [];
  const worker = superviseWorker<SampleMethods>({
    start() {
      const started = startThread<SampleMethods>(scripts[workers.length] ?? scripts.at(-1) ?? script);
      workers.push(started);
      return started;
    },
    ...options,
  });
  closers.push(async () => {
    await Promise.all([worker.end(over), ...workers.map((one) => one.end(over))]);
  });
  return { worker, workers };
}

test('what a worker had not answered when it ended rejects, and the next call gets another', async () => {
  const { worker, workers } = supervised([script]);
  const both = [worker.call('exit', 3), worker.call('double', 1)];
  for (const outcome of await Promise.allSettled(both))
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'ended' } });
  expect(worker.isEnded).toBe(true);
  expect(await worker.call('double', 2)).toBe(4);
  expect([workers.length, worker.isEnded]).toEqual([2, false]);
});

test('a replacement is heard by those who listened before, after it was told what the last one knew', async () => {
  const events: unknown[] = [];
  const { worker } = supervised([script], {
    onReplaced: (replacement) => void replacement.call('emit', 'told').catch(() => undefined),
  });
  worker.onEvent((event) => events.push(event));
  await worker.call('emit', 'first');
  await expect(worker.call('exit', 3)).rejects.toMatchObject({ code: 'ended' });
  await worker.call('emit', 'second');
  expect(events).toEqual(['first', 'told', 'second']);
});

test('running starts one where none runs, and asks nothing of one that does', async () => {
  const { worker, workers } = supervised([script]);
  worker.call('later', { ms: 600_000, value: '' }).catch(() => undefined);
  await worker.running();
  await workers[0]?.end(over);
  await worker.running();
  expect([workers.length, worker.pending]).toEqual([2, 0]);
});

test('one that cannot start says why for a while, is ended, and is then tried again', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { worker, workers } = supervised([script, failingScript, script], { retryMs: 5000 });
  await expect(worker.call('exit', 3)).rejects.toMatchObject({ code: 'ended' });
  const noStart = { name: 'SampleError', code: 'no-start' };
  await expect(worker.call('double', 1)).rejects.toMatchObject(noStart);
  await expect(worker.running()).rejects.toMatchObject(noStart);
  await expect(worker.call('double', 1)).rejects.toMatchObject(noStart);
  expect(workers.length).toBe(2);
  expect(workers[1]?.isEnded).toBe(true);
  vi.advanceTimersByTime(5000);
  expect(await worker.call('double', 1)).toBe(2);
  await worker.running();
  expect(workers.length).toBe(3);
});

test('is over once it was told to end', async () => {
  const { worker, workers } = supervised([script]);
  await worker.end(over);
  await expect(worker.call('double', 1)).rejects.toBe(over);
  await expect(worker.running()).rejects.toBe(over);
  expect(workers.length).toBe(1);
});
