import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, describe, expect, test } from 'vitest';

import {
  startProcess,
  startThread,
  WorkerError,
  type ReviveError,
  type WorkerClient,
  type WorkerOptions,
} from '../src/index.ts';
import { buildWorker } from './helpers/build-worker.ts';
import { SampleError, type SampleMethods } from './helpers/sample-methods.ts';

const script = await buildWorker('sample-worker');
const failingScript = await buildWorker('failing-worker');
const over = new Error('The test is over');
const started: WorkerClient<SampleMethods>[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.end(over)));
});

const reviveError: ReviveError = ({ name, message, properties }, cause) => {
  if (name !== 'SampleError') return undefined;
  const { code, details } = properties as { code: string; details: SampleError['details'] };
  return new SampleError(code, message, details.paths, cause);
};

function tracked(worker: WorkerClient<SampleMethods>): WorkerClient<SampleMethods> {
  started.push(worker);
  return worker;
}

const thread = (options?: WorkerOptions) => tracked(startThread<SampleMethods>(script, options));
const kinds = [
  ['thread', startThread<SampleMethods>] as const,
  ['process', startProcess<SampleMethods>] as const,
];

describe.each(kinds)('a %s', (_kind, startWorker) => {
  const start = (options?: WorkerOptions, url = script) => tracked(startWorker(url, options));

  test('answers calls in the order in which they were made', async () => {
    const worker = start();
    const answers: unknown[] = [];
    const note = (answer: unknown) => answers.push(answer);
    const slow = worker.call('later', { ms: 50, value: 'first' }).then(note);
    const quick = worker.call('double', 21).then(note);
    expect(worker.pending).toBe(2);
    await Promise.all([slow, quick]);
    expect(answers).toEqual(['first', 42]);
    expect(worker.pending).toBe(0);
  });

  test('gives progress before the result', async () => {
    const steps: unknown[] = [];
    const result = await start().call('count', 3, { onProgress: (step) => steps.push(step) });
    expect([...steps, result]).toEqual([1, 2, 3, 'counted']);
  });

  test('gives errors with class, code, details, cause and stack', async () => {
    const error: unknown = await start({ reviveError })
      .call('fail', 'sample')
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(SampleError);
    expect(error).toMatchObject({ code: 'too-odd', message: 'It is odd', details: { paths: ['/a', '/b'] } });
    expect((error as Error).cause).toMatchObject({ name: 'RangeError', message: '3' });
    expect((error as Error).stack).toContain('sample-worker');
  });

  test('gives errors of unknown classes with their name and what can be cloned of them', async () => {
    const worker = start({ reviveError });
    const error: unknown = await worker.call('fail', 'plain').catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'RangeError', message: 'out of it', code: 'E_RANGE' });
    expect(error).not.toHaveProperty('run');
    await expect(worker.call('fail', 'text')).rejects.toThrow('only a text');
  });

  test('refuses a method that it does not have', async () => {
    const unknown = start() as unknown as WorkerClient<{ missing: (input: null) => void }>;
    await expect(unknown.call('missing', null)).rejects.toThrow('The worker has no method "missing"');
  });

  test('is ready once it answers, or says why it never will', async () => {
    await start().ready();
    const failing = start({ reviveError }, failingScript);
    await expect(failing.ready()).rejects.toMatchObject({ name: 'SampleError', code: 'no-start' });
    await expect(failing.call('double', 1)).rejects.toMatchObject({ code: 'no-start' });
  });

  test('is heard when it emits what nobody asked for', async () => {
    const worker = start();
    const events: unknown[] = [];
    worker.onEvent((event) => events.push(event));
    await worker.call('emit', 'a');
    await worker.call('emit', 'b');
    expect(events).toEqual(['a', 'b']);
  });

  test('fails what waits when it ends by itself, and what is called later', async () => {
    const worker = start();
    const both = [worker.call('exit', 3), worker.call('double', 1)];
    for (const outcome of await Promise.allSettled(both)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'WorkerError', code: 'ended' } });
    }
    expect(worker.isEnded).toBe(true);
    await expect(worker.call('double', 1)).rejects.toBeInstanceOf(WorkerError);
  });

  test('rejects with the error of the package when it is gone', async () => {
    const failure = (cause: WorkerError) => new SampleError('gone', 'Gone', [], cause);
    const call = start({ failure }).call('exit', 3);
    await expect(call).rejects.toMatchObject({ code: 'gone', cause: { code: 'ended' } });
  });

  test('is ended in the middle of its work, and what waits rejects with the reason at once', async () => {
    const worker = start();
    const spinning = new Promise<void>((resolve) => {
      worker.call('spin', 600_000, { onProgress: () => resolve() }).catch(() => undefined);
    });
    await spinning;
    const waiting = worker.call('double', 1);
    const ended = worker.end(over);
    await expect(waiting).rejects.toBe(over);
    await ended;
    expect(worker.isEnded).toBe(true);
    await expect(worker.call('double', 1)).rejects.toBe(over);
  });

  test('rejects at once when the signal aborts, and tells no more progress', async () => {
    const worker = start();
    const controller = new AbortController();
    const steps: unknown[] = [];
    const call = worker.call('count', 5, {
      signal: controller.signal,
      onProgress(step) {
        steps.push(step);
        controller.abort(new Error('enough'));
      },
    });
    await expect(call).rejects.toThrow('enough');
    await worker.whenIdle();
    expect(steps).toEqual([1]);
    expect(await worker.call('double', 4)).toBe(8);
  });

  test('is not called with a signal that has aborted', async () => {
    const worker = start();
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(worker.call('double', 1, { signal })).rejects.toThrow('too late');
    expect(worker.pending).toBe(0);
  });
});

describe('a thread', () => {
  test('sees that its call was cancelled while it never waits', async () => {
    const worker = thread();
    const controller = new AbortController();
    const call = worker.call('spin', 600_000, {
      signal: controller.signal,
      onProgress: () => controller.abort(over),
    });
    await expect(call).rejects.toBe(over);
    expect(worker.pending).toBe(1);
    await worker.whenIdle();
    expect(worker.pending).toBe(0);
  });

  test('leaves out a call that was cancelled before its turn', async () => {
    const worker = thread();
    const controller = new AbortController();
    const first = worker.call('later', { ms: 100, value: 'first' });
    const exit = worker.call('exit', 1, { signal: controller.signal });
    controller.abort(over);
    await expect(exit).rejects.toBe(over);
    expect(await first).toBe('first');
    expect(await worker.call('double', 2)).toBe(4);
  });

  test('moves buffers in both directions', async () => {
    const worker = thread();
    const bytes = await worker.call('bytes', 1000);
    expect(bytes).toEqual(new Uint8Array(1000).fill(7));
    expect(await worker.call('lengthOf', bytes, { transfer: [bytes.buffer] })).toBe(1000);
    expect(bytes.byteLength).toBe(0);
  });

  test('fails a call whose input or result cannot be cloned, and goes on', async () => {
    const worker = thread();
    await expect(worker.call('double', (() => 1) as never)).rejects.toThrow(/could not be cloned/u);
    await expect(worker.call('unsendable', undefined)).rejects.toThrow(/could not be cloned/u);
    expect(worker.pending).toBe(0);
    expect(await worker.call('double', 2)).toBe(4);
  });

  test('finishes what it does before it ends where it is given time', async () => {
    const worker = thread({ graceMs: 20_000 });
    await worker.ready();
    const emitted: unknown[] = [];
    worker.onEvent((event) => emitted.push(event));
    worker.call('emit', 'done before the end').catch(() => undefined);
    await worker.end(over);
    expect(emitted).toEqual(['done before the end']);
  });

  test('is killed when the time that it is given is over', async () => {
    const worker = thread({ graceMs: 50 });
    await worker.ready();
    worker.call('spin', 600_000).catch(() => undefined);
    await worker.end(over);
    expect(worker.isEnded).toBe(true);
  });

  test('keeps the error that nobody caught as the cause', async () => {
    const worker = thread();
    await worker.call('crash', undefined);
    await expect(worker.call('later', { ms: 5000, value: '' })).rejects.toMatchObject({
      code: 'failed',
      cause: { message: 'nobody catches this' },
    });
  });
});

test('a process that was killed before it heard of a call leaves it unreachable or ended', async () => {
  const worker = tracked(startProcess<SampleMethods>(script));
  process.kill(await worker.call('pid', undefined), 'SIGKILL');
  await expect(worker.call('double', 1)).rejects.toBeInstanceOf(WorkerError);
  await sleep(0);
  expect(worker.isEnded).toBe(true);
});
