import { setImmediate } from 'node:timers/promises';

import { afterEach, expect, onTestFinished, test, vi } from 'vitest';

import { createWorkerPool, startThread, streamProgress, type WorkerClient } from '../src/index.ts';
import type { WorkerPoolOptions } from '../src/worker-pool.ts';
import { buildWorker } from './helpers/build-worker.ts';
import type { SampleMethods } from './helpers/sample-methods.ts';

const script = await buildWorker('sample-worker');
const over = new Error('The test is over');
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function poolOf(options: Partial<WorkerPoolOptions<SampleMethods>> = {}) {
  const workers: WorkerClient<SampleMethods>[] = [];
  const start = (): WorkerClient<SampleMethods> => {
    const worker = startThread<SampleMethods>(script);
    workers.push(worker);
    return worker;
  };
  const pool = createWorkerPool<SampleMethods>({ start, size: 2, ...options });
  closers.push(() => pool.close(over));
  return { pool, workers };
}

test('starts workers as they are needed, at most so many, and uses them again', async () => {
  const { pool, workers } = poolOf();
  expect(workers).toEqual([]);
  expect(await pool.call('double', 1)).toBe(2);
  expect(await pool.call('double', 2)).toBe(4);
  expect(workers.length).toBe(1);
  const calls = Array.from({ length: 6 }, (_, value) => pool.call('double', value));
  expect(await Promise.all(calls)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(workers.length).toBe(2);
});

test('replaces a worker that died', async () => {
  const { pool, workers } = poolOf({ size: 1 });
  await expect(pool.call('exit', 1)).rejects.toMatchObject({ code: 'ended' });
  expect(await pool.call('double', 3)).toBe(6);
  expect(workers.length).toBe(2);
});

test('gives one that cannot start to no other call', async () => {
  const failing = await buildWorker('failing-worker');
  const scripts = [failing, script];
  const { pool } = poolOf({ size: 1, start: () => startThread<SampleMethods>(scripts.shift() ?? script) });
  await expect(pool.call('double', 1)).rejects.toMatchObject({ code: 'no-start' });
  expect(await pool.call('double', 3)).toBe(6);
});

test('gives the turn of a cancelled call to the next, and keeps a worker that noticed in time', async () => {
  const { pool, workers } = poolOf({ size: 1, cancelMs: 20_000 });
  const controller = new AbortController();
  const options = { signal: controller.signal, onProgress: () => controller.abort(over) };
  await expect(pool.call('spin', 600_000, options)).rejects.toBe(over);
  await workers[0]?.whenIdle();
  await setImmediate();
  expect(await pool.call('double', 4)).toBe(8);
  expect(workers.length).toBe(1);
  expect(workers[0]?.isEnded).toBe(false);
});

test('keeps as many workers as it has room for when cancelled ones come back', async () => {
  const { pool, workers } = poolOf({ cancelMs: 20_000 });
  const cancelOne = () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort(over) };
    return expect(pool.call('later', { ms: 100, value: '' }, options)).rejects.toBe(over);
  };
  await Promise.all([cancelOne(), cancelOne()]);
  expect(await pool.call('later', { ms: 500, value: 'third' })).toBe('third');
  await Promise.all(workers.map((worker) => worker.whenIdle()));
  await setImmediate();
  expect(workers.length).toBe(3);
  expect(workers.filter((worker) => !worker.isEnded).length).toBe(2);
});

test('ends a worker that does not notice in time that its call was cancelled', async () => {
  const { pool, workers } = poolOf({ size: 1, cancelMs: 10 });
  const controller = new AbortController();
  await pool.call('double', 1);
  const call = pool.call('later', { ms: 600_000, value: '' }, { signal: controller.signal });
  await vi.waitFor(() => expect(workers[0]?.pending).toBe(1));
  controller.abort(over);
  await expect(call).rejects.toBe(over);
  expect(await pool.call('double', 4)).toBe(8);
  await vi.waitFor(() => expect(workers[0]?.isEnded).toBe(true));
  expect(workers.length).toBe(2);
});

test('ends a worker that takes longer than the limit, its start not counted', async () => {
  const { pool, workers } = poolOf({ size: 1 });
  const limit = { milliseconds: 30, error: () => new Error('took too long') };
  await expect(pool.call('spin', 600_000, { limit })).rejects.toThrow('took too long');
  expect(workers[0]?.isEnded).toBe(true);
  expect(await pool.call('double', 4, { limit: { ...limit, milliseconds: 60_000 } })).toBe(8);
});

test('a call that waits for its turn leaves when its signal aborts', async () => {
  const { pool } = poolOf({ size: 1 });
  const controller = new AbortController();
  const first = pool.call('later', { ms: 100, value: 'first' });
  const second = pool.call('double', 1, { signal: controller.signal });
  const third = pool.call('double', 3);
  controller.abort(over);
  await expect(second).rejects.toBe(over);
  expect(await Promise.all([first, third])).toEqual(['first', 6]);
});

test('ends a worker that has had nothing to do for a while', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { pool, workers } = poolOf({ idleMs: 1000 });
  await pool.call('double', 1);
  vi.advanceTimersByTime(999);
  expect(await pool.call('double', 2)).toBe(4);
  vi.advanceTimersByTime(999);
  expect(workers.map((worker) => worker.isEnded)).toEqual([false]);
  vi.advanceTimersByTime(1);
  expect(workers.map((worker) => worker.isEnded)).toEqual([true]);
  expect(await pool.call('double', 3)).toBe(6);
});

test('close ends the workers; what runs, waits or comes later rejects with the reason', async () => {
  const { pool, workers } = poolOf({ size: 1 });
  const calls = [pool.call('later', { ms: 600_000, value: '' }), pool.call('double', 1)];
  await vi.waitFor(() => expect(workers[0]?.pending).toBe(1));
  await Promise.all([pool.close(over), ...calls.map((call) => expect(call).rejects.toBe(over))]);
  await expect(pool.call('double', 1)).rejects.toBe(over);
  expect(workers.map((worker) => worker.isEnded)).toEqual([true]);
});

test('a pool that is closed in the moment of a call starts no worker for it', async () => {
  const { pool, workers } = poolOf();
  const call = pool.call('double', 1);
  await Promise.all([pool.close(over), expect(call).rejects.toBe(over)]);
  expect(workers).toEqual([]);
});

test('progress can be read as a stream, which throws what the call rejects with', async () => {
  const { pool } = poolOf();
  const steps: number[] = [];
  for await (const step of streamProgress<number>((options) => pool.call('count', 4, options)))
    steps.push(step);
  expect(steps).toEqual([1, 2, 3, 4]);
  const failing = streamProgress((options) => pool.call('fail', 'plain', options));
  await expect(failing.next()).rejects.toThrow('out of it');
});

test('a reader that leaves a stream early cancels the call', async () => {
  const { pool, workers } = poolOf({ size: 1 });
  for await (const step of streamProgress<string>((options) => pool.call('spin', 600_000, options))) {
    expect(step).toBe('spinning');
    break;
  }
  expect(await pool.call('double', 4)).toBe(8);
  expect(workers.map((worker) => worker.isEnded)).toEqual([true, false]);
});
