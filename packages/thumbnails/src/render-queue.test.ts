import { describe, expect, test, vi } from 'vitest';

import type { Work } from './job.ts';
import { RenderQueue } from './render-queue.ts';
import { ThumbnailError } from './thumbnail-error.ts';

/** Work that starts when the queue runs it and ends when the test says so. */
function controlled<T>(value: T) {
  let started = 0;
  let finish: () => void = () => undefined;
  const work = () =>
    new Promise<T>((resolve) => {
      started += 1;
      finish = () => resolve(value);
    });
  return { work, finish: () => finish(), starts: () => started };
}

function queueOf(concurrency: number, maxWaiting = 100) {
  const order: string[] = [];
  const queue = new RenderQueue({ concurrency, maxWaiting });
  const ask = (key: string, options?: { signal?: AbortSignal; background?: boolean }) =>
    queue.request(
      key,
      () => {
        order.push(key);
        return Promise.resolve(key);
      },
      options,
    );
  return { queue, order, ask };
}

describe('RenderQueue', () => {
  test('runs the work of one key once for all concurrent requests', async () => {
    const queue = new RenderQueue({ concurrency: 2, maxWaiting: 10 });
    const first = controlled('picture');
    const answers = Array.from({ length: 200 }, () => queue.request('key', first.work));
    first.finish();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 200 }, () => 'picture'));
    expect(first.starts()).toBe(1);
  });

  test('runs the work again for a request that comes after the end', async () => {
    const { order, ask } = queueOf(1);
    await ask('a');
    await ask('a');
    expect(order).toEqual(['a', 'a']);
  });

  test('takes the newest request first and runs no more than the limit at once', async () => {
    const { queue, order, ask } = queueOf(1);
    const blocker = controlled('blocker');
    const blocked = queue.request('blocker', blocker.work);
    const rest = ['a', 'b', 'c'].map((key) => ask(key));
    expect({ running: queue.running, waiting: queue.waiting }).toEqual({ running: 1, waiting: 3 });
    blocker.finish();
    await Promise.all([blocked, ...rest]);
    expect(order).toEqual(['c', 'b', 'a']);
  });

  const patience = { milliseconds: 20, error: () => new Error('too slow') };

  test('lets go of who has waited for long enough, finishes the work, and gives it to who asks again', async () => {
    const { queue, order, ask } = queueOf(1);
    const slow = controlled('slow');
    const work = vi.fn<Work<string>>(({ begun }) => {
      begun();
      return slow.work();
    });
    await expect(queue.request('slow', work, { patience })).rejects.toThrow('too slow');
    // The slot is free for others while the work goes on.
    expect(await ask('a')).toBe('a');
    await expect(queue.request('slow', work, { patience })).rejects.toThrow('too slow');
    const patient = queue.request('slow', work);
    slow.finish();
    expect(await patient).toBe('slow');
    expect({ order, running: queue.running, runs: work.mock.calls.length }).toEqual({
      order: ['a'],
      running: 0,
      runs: 1,
    });
  });

  test('counts no patience while work has not begun', async () => {
    const { queue } = queueOf(1);
    const slow = controlled('slow');
    const asked = queue.request('slow', slow.work, { patience });
    setTimeout(slow.finish, 60);
    expect(await asked).toBe('slow');
  });

  test('keeps its slots where too much work has been left behind', async () => {
    const { queue, ask, order } = queueOf(1);
    const slow = ['one', 'two'].map((name) => controlled(name));
    const asked = slow.map(({ work }, index) =>
      queue.request(`slow ${index}`, ({ begun }) => (begun(), work()), { patience }).catch(String),
    );
    expect(await Promise.all(asked)).toEqual(['Error: too slow', 'Error: too slow']);
    const last = ask('last');
    expect({ order, running: queue.running }).toEqual({ order: [], running: 1 });
    for (const { finish } of slow) finish();
    expect(await last).toBe('last');
  });

  test('tells work when nobody waits for it any more', async () => {
    const { queue } = queueOf(1);
    const slow = controlled('slow');
    const left = vi.fn<() => void>();
    const asked = queue.request('slow', ({ begun, whenLeft }) => (begun(), whenLeft(left), slow.work()), {
      patience,
    });
    expect(left).not.toHaveBeenCalled();
    await expect(asked).rejects.toThrow('too slow');
    expect(left).toHaveBeenCalledOnce();
    slow.finish();
  });

  test('starts the next when work gives way, and is settled when both have ended', async () => {
    const { queue, order, ask } = queueOf(1);
    const first = controlled('first');
    let releaseSlot: () => void = () => undefined;
    const giving = queue.request('first', (run) => {
      releaseSlot = run.releaseSlot;
      return first.work();
    });
    const rest = [ask('a'), ask('b')];
    releaseSlot();
    releaseSlot();
    expect(order).toEqual(['b']);
    await Promise.all(rest);
    expect({ order, running: queue.running }).toEqual({ order: ['b', 'a'], running: 0 });
    const settled = queue.settled().then(() => order.push('settled'));
    first.finish();
    expect(await giving).toBe('first');
    await settled;
    expect({ order, running: queue.running }).toEqual({ order: ['b', 'a', 'settled'], running: 0 });
  });

  test('gives one answer to who asks while the work that gave way goes on', async () => {
    const queue = new RenderQueue({ concurrency: 1, maxWaiting: 10 });
    const first = controlled('first');
    const asked = [
      queue.request('key', ({ releaseSlot }) => {
        releaseSlot();
        return first.work();
      }),
      queue.request('key', () => Promise.reject(new Error('twice'))),
    ];
    first.finish();
    expect(await Promise.all(asked)).toEqual(['first', 'first']);
    expect(first.starts()).toBe(1);
  });

  test('moves a waiting key to the front when it is asked for again', async () => {
    const { queue, order, ask } = queueOf(1);
    const blocker = controlled('blocker');
    const all = [queue.request('blocker', blocker.work), ask('a'), ask('b'), ask('c'), ask('a')];
    blocker.finish();
    await Promise.all(all);
    expect(order).toEqual(['a', 'c', 'b']);
  });

  test('drops the request that has waited longest when too many wait', async () => {
    const { queue, order, ask } = queueOf(1, 2);
    const blocker = controlled('blocker');
    const blocked = queue.request('blocker', blocker.work);
    const dropped = ask('a');
    const kept = [ask('b'), ask('c')];
    await expect(dropped).rejects.toMatchObject({ code: 'queue-full' });
    blocker.finish();
    await Promise.all([blocked, ...kept]);
    expect(order).toEqual(['c', 'b']);
  });

  test('lets background work wait until nothing else does, then takes it in order', async () => {
    const { queue, order, ask } = queueOf(1);
    const blocker = controlled('blocker');
    const background = { background: true };
    const all = [queue.request('blocker', blocker.work), ask('x', background)];
    all.push(ask('y', background), ask('a'), ask('z', background));
    blocker.finish();
    await Promise.all(all);
    expect(order).toEqual(['a', 'x', 'y', 'z']);
  });

  test('brings background work forward when somebody asks for it', async () => {
    const { queue, order, ask } = queueOf(1);
    const blocker = controlled('blocker');
    const all = [queue.request('blocker', blocker.work), ask('x', { background: true })];
    all.push(ask('y', { background: true }), ask('y'));
    blocker.finish();
    await Promise.all(all);
    expect(order).toEqual(['y', 'x']);
  });

  test('never starts work that everybody has left', async () => {
    const { queue, order, ask } = queueOf(1);
    const blocker = controlled('blocker');
    const blocked = queue.request('blocker', blocker.work);
    const leaving = new AbortController();
    const left = [ask('a', { signal: leaving.signal }), ask('a', { signal: leaving.signal })];
    const outcomes = Promise.allSettled(left);
    leaving.abort(new Error('scrolled on'));
    expect(queue.waiting).toBe(0);
    blocker.finish();
    await blocked;
    const reasons = (await outcomes).map((o) => (o.status === 'rejected' ? o.reason : o.value));
    expect(reasons).toEqual([new Error('scrolled on'), new Error('scrolled on')]);
    expect(order).toEqual([]);
  });

  test('goes on for who stays when one of two leaves', async () => {
    const { queue, order, ask } = queueOf(1);
    const blocker = controlled('blocker');
    const blocked = queue.request('blocker', blocker.work);
    const leaving = new AbortController();
    const left = ask('a', { signal: leaving.signal });
    const stays = ask('a');
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    blocker.finish();
    await blocked;
    expect(await stays).toBe('a');
    expect(order).toEqual(['a']);
  });

  test('refuses a signal that is aborted already', async () => {
    const { order, ask } = queueOf(1);
    const gone = AbortSignal.abort(new Error('too late'));
    await expect(ask('a', { signal: gone })).rejects.toThrow('too late');
    expect(order).toEqual([]);
  });

  test('passes a failure to everybody and goes on with the next key', async () => {
    const { queue, ask } = queueOf(1);
    const fail = () => Promise.reject(new Error('broken'));
    const both = [queue.request('bad', fail), queue.request('bad', fail)];
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(await ask('good')).toBe('good');
    expect({ running: queue.running, waiting: queue.waiting }).toEqual({ running: 0, waiting: 0 });
  });

  test('rejects what waits and what runs when it is closed, and what comes later', async () => {
    const { queue, order, ask } = queueOf(1);
    const blocker = controlled('blocker');
    const asked = [queue.request('blocker', blocker.work), ask('a'), ask('b', { background: true })];
    const outcomes = Promise.allSettled(asked);
    const closed = new ThumbnailError('closed', 'closed');
    queue.close(closed);
    await expect(ask('c')).rejects.toBe(closed);
    expect((await outcomes).map((o) => (o.status === 'rejected' ? o.reason : o.value))).toEqual([
      closed,
      closed,
      closed,
    ]);
    blocker.finish();
    await queue.settled();
    expect({ order, running: queue.running, waiting: queue.waiting }).toEqual({
      order: [],
      running: 0,
      waiting: 0,
    });
  });
});
