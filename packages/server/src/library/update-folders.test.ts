import { describe, expect, test } from 'vitest';

import type { IndexSummary } from '@iib-kit/catalog';
import { updateFolders } from './update-folders.ts';

interface Run {
  readonly folders: readonly string[];
  readonly signal: AbortSignal | undefined;
  readonly end: (summary?: Partial<IndexSummary>) => void;
  readonly fail: (error: Error) => void;
}

/** A library of folders and an index whose runs last until they are ended. */
function made(...given: string[]) {
  let folders = given;
  const listeners = new Set<() => void>();
  const runs: Run[] = [];
  const cancel = new AbortController();
  const done = updateFolders({
    library: {
      folders: () => folders,
      onChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    index: {
      update: (roots, { signal } = {}) =>
        new Promise((resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
          const none = { added: 0, changed: 0, moved: 0, removed: 0, unchanged: 0, durationMs: 1 };
          const links = { linkedFolders: [], skippedLinks: [] };
          const end: Run['end'] = (summary) =>
            resolve({ ...none, unavailable: [], failed: [], ...links, ...summary });
          runs.push({ folders: roots, signal, end, fail: reject });
        }),
    },
    linkTargets: [],
    signal: cancel.signal,
    reread: false,
    onProgress: () => undefined,
  });
  return {
    done,
    cancel,
    listeners,
    ran: () => runs.map((run) => run.folders),
    last: async (): Promise<Run> => {
      await new Promise(setImmediate);
      const run = runs.at(-1);
      if (run === undefined) throw new Error('nothing runs');
      return run;
    },
    change: (...now: string[]) => {
      folders = now;
      for (const listener of listeners) listener();
    },
  };
}

describe('an update of the library', () => {
  test('goes through its folders once', async () => {
    const { done, last, ran, listeners } = made('/a', '/b');
    (await last()).end({ added: 2 });
    expect(await done).toMatchObject({ added: 2, durationMs: 1 });
    expect(ran()).toEqual([['/a', '/b']]);
    expect(listeners.size).toBe(0);
  });

  test('of no folders runs too', async () => {
    const { done, last } = made();
    (await last()).end();
    expect(await done).toMatchObject({ added: 0 });
  });

  test('goes on with folders that were added meanwhile, and counts together', async () => {
    const { done, last, ran, change } = made('/a');
    const first = await last();
    change('/a', '/b', '/c');
    first.end({ added: 2, failed: [{ reason: 'unreadable', path: '/a/x', message: 'x' }] });
    (await last()).end({ added: 3, unavailable: ['/b'] });
    expect(await done).toMatchObject({
      added: 5,
      failed: [{ reason: 'unreadable', path: '/a/x', message: 'x' }],
      unavailable: ['/b'],
      durationMs: 2,
    });
    expect(ran()).toEqual([['/a'], ['/b', '/c']]);
  });

  test('leaves a folder that is taken out, and starts anew with the others', async () => {
    const { done, last, ran, change } = made('/a', '/b');
    const first = await last();
    change('/b');
    expect(first.signal?.aborted).toBe(true);
    (await last()).end({ added: 3 });
    expect(await done).toMatchObject({ added: 3 });
    expect(ran()).toEqual([['/a', '/b'], ['/b']]);
  });

  test('goes through a folder again that was taken out and added', async () => {
    const { done, last, ran, change } = made('/a');
    const first = await last();
    change('/a', '/b');
    first.end();
    const second = await last();
    change('/b');
    change('/a', '/b');
    second.end();
    (await last()).end();
    await done;
    expect(ran()).toEqual([['/a'], ['/b'], ['/a']]);
  });

  test('is cancelled, and fails, as the run does', async () => {
    const cancelled = made('/a');
    await cancelled.last();
    cancelled.cancel.abort(new Error('enough'));
    await expect(cancelled.done).rejects.toThrow('enough');
    const failed = made('/a');
    (await failed.last()).fail(new Error('disk full'));
    await expect(failed.done).rejects.toThrow('disk full');
    expect([cancelled.listeners.size, failed.listeners.size]).toEqual([0, 0]);
  });
});
