import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import type { IndexChange } from '@iib-kit/catalog';
import { afterAll, describe, expect, it, vi } from 'vitest';

// The threads of an index take over the flags of their program, which are read as the package is loaded.
process.execArgv.push('--import', new URL('./helpers/thread-ender.js', import.meta.url).href);
const { names, temporaryLibrary } = await import('./helpers/temporary-library.ts');

afterAll(() => void process.execArgv.splice(-2));

const ended = { name: 'IndexError', code: 'worker-failed' };
type Way = 'exit' | 'error' | 'memory';

type Script = 'writer-worker.js' | 'reader-worker.js' | 'scanner-worker.js';

/** Holds the threads that run this script up until the function that it gives lets them end in this way. */
async function holdThread(file: Script, way: Way): Promise<() => void> {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const heard = new BroadcastChannel('thread-ending');
  const ending = new Promise((resolve) => heard.addEventListener('message', resolve, { once: true }));
  const channel = new BroadcastChannel('end-threads');
  channel.postMessage({ file, way, gate });
  channel.close();
  await ending;
  heard.close();
  return () => {
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  };
}

/** Has the thread that runs this script end while it has this to answer; gives how it was refused. */
async function refusedAtEnd(file: Script, way: Way, ask: () => Promise<unknown>): Promise<unknown> {
  const end = await holdThread(file, way);
  const refusal = ask().then(
    () => undefined,
    (error: unknown) => error,
  );
  end();
  return refusal;
}

async function openOne() {
  const library = temporaryLibrary();
  const path = library.picture('one.png', 'fox', 1);
  const index = await library.open();
  await index.update([library.root]);
  return { library, index, path };
}

describe.each(['exit', 'error', 'memory'] as const)('a thread that ends by %s', (way) => {
  it('which writes is replaced: what was pending is refused, what was committed is there', async () => {
    const { library, index, path } = await openOne();
    const changes: IndexChange[] = [];
    index.subscribe((change) => changes.push(change));
    await index.setRating([path], 3);
    expect(await refusedAtEnd('writer-worker.js', way, () => index.setRating([path], 4))).toMatchObject(
      ended,
    );
    await index.ping();
    await index.setRating([path], 5);
    expect((await index.annotationsOf([path])).get(path)).toMatchObject({ rating: 5 });
    expect(changes.at(-1)).toEqual({ kind: 'annotations', paths: [path] });
    library.picture('two.png', 'fox', 2);
    expect(await index.update([library.root])).toMatchObject({ added: 1, failed: [] });
    expect(await index.checkIntegrity()).toEqual([]);
  });
});

it.each(['exit', 'error'] as const)(
  'a thread that answers queries and ends by %s is replaced',
  async (way) => {
    const { index, path } = await openOne();
    await index.images([path]);
    const search = () => index.searchBySubstring({ text: 'fox' });
    expect(await refusedAtEnd('reader-worker.js', way, search)).toMatchObject(ended);
    expect(names(await search())).toEqual(['one.png']);
    await index.ping();
  },
);

describe.each(['writer-worker.js', 'scanner-worker.js'] as const)('an update whose %s ends', (file) => {
  it('is refused, and can be run again', async () => {
    const library = temporaryLibrary();
    const gate = join(library.base, 'gate');
    const index = await library.open({ describer: gatedDescriber(gate) });
    const path = library.picture('one.png', 'fox', 1);
    let isReading = false;
    const update = index
      .update([library.root], { onProgress: ({ stage }) => void (isReading ||= stage === 'reading') })
      .catch((error: unknown) => error);
    await vi.waitUntil(() => isReading, { timeout: 60_000 });
    // Answered or refused once the end of the thread that writes is known: what comes before that is refused too.
    await refusedAtEnd(file, 'exit', () => index.setSetting('theme', 'dark'));
    writeFileSync(gate, '');
    expect(await update).toMatchObject(ended);
    await index.update([library.root]);
    expect([...(await index.images([path])).keys()]).toEqual([path]);
  });
});

/** A module that describes nothing before the gate is there. */
function gatedDescriber(gate: string): string {
  const code = `
    import { existsSync } from 'node:fs';
    import { setTimeout } from 'node:timers/promises';
    export async function describeFile() {
      while (!existsSync(${JSON.stringify(gate)})) await setTimeout(2);
      return { isMedia: true, infotext: '', tags: [] };
    }`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

it('paths that were reserved before the writing thread ended stay reserved', async () => {
  const { library, index, path } = await openOne();
  // A folder without anything counts as one that is not there.
  library.picture('two.png', 'hen', 2);
  await index.update([library.root]);
  await index.reservePaths([path]);
  expect(await refusedAtEnd('writer-worker.js', 'exit', () => index.setRating([path], 4))).toMatchObject(
    ended,
  );
  rmSync(path);
  expect(await index.update([library.root])).toMatchObject({ removed: 0 });
  await index.releasePaths([path]);
  expect(await index.update([library.root])).toMatchObject({ removed: 1 });
});

it('a thread that cannot be loaded is no answer: calls and pings say so, until it can', async () => {
  const { library, index, path } = await openOne();
  const list = join(library.base, 'at-start.txt');
  writeFileSync(list, 'writer-worker.js\n');
  process.env['END_THREADS_AT_START'] = list;
  try {
    (await holdThread('writer-worker.js', 'exit'))();
    await vi.waitUntil(
      () =>
        index.ping().then(
          () => false,
          () => true,
        ),
      { timeout: 60_000 },
    );
    await expect(index.ping()).rejects.toMatchObject(ended);
    await expect(index.setRating([path], 2)).rejects.toMatchObject(ended);
    expect(names(await index.searchBySubstring({ text: 'fox' }))).toEqual(['one.png']);
    rmSync(list);
    await vi.waitUntil(
      () =>
        index.ping().then(
          () => true,
          () => false,
        ),
      { timeout: 60_000 },
    );
    await index.setRating([path], 2);
  } finally {
    delete process.env['END_THREADS_AT_START'];
  }
});

it('closing does not wait for ever', async () => {
  const library = temporaryLibrary();
  const path = library.picture('one.png', 'fox', 1);
  const { openIndex } = await import('@iib-kit/index-db');
  const index = await openIndex({ path: library.databasePath, closeTimeoutMs: 300 });
  await index.update([library.root]);
  await holdThread('writer-worker.js', 'exit');
  const written = index.setRating([path], 3).catch((error: unknown) => error);
  await expect(index.close()).rejects.toMatchObject(ended);
  expect(await written).toMatchObject({ code: 'closed' });
  const after = await library.open();
  expect((await after.basicInfo()).imageCount).toBe(1);
});

it('closing does not wait for threads that have ended', async () => {
  const { index, path } = await openOne();
  await index.images([path]);
  await refusedAtEnd('reader-worker.js', 'exit', () => index.images([path]));
  await refusedAtEnd('writer-worker.js', 'exit', () => index.setRating([path], 1));
  await expect(index.close()).resolves.toBeUndefined();
});
