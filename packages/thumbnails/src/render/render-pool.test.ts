import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { RenderPool, type RenderPoolOptions } from './render-pool.ts';
import type { PictureTask } from './render-task.ts';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** What a process of a test is called through, as it is bundled into the renderer. */
async function buildThreads(outfile: string): Promise<void> {
  const contents = `export { serveMethods } from '@iib-kit/threads';`;
  const stdin = { contents, resolveDir: import.meta.dirname };
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm' });
}

/** A pool of processes that take `tasks` one after the other and do with each what `script` says. */
async function poolOf(script: string, options: Partial<RenderPoolOptions> = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'pool-'));
  cleanUps.push(() => rm(dir, { recursive: true, force: true }));
  const path = join(dir, 'child.mjs');
  await writeFile(
    path,
    `import { existsSync, writeFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { serveMethods } from './threads.mjs';
    let waiting = 0;
    let wake = () => {};
    process.on('message', ({ method }) => { if (method === 'render') waiting += 1; wake(); });
    const arrived = async () => {
      while (waiting === 0) await new Promise((resolve) => { wake = resolve; });
    };
    const die = () => process.kill(process.pid, 'SIGKILL');
    process.on('disconnect', die);
    const first = !existsSync(${JSON.stringify(join(dir, 'started'))});
    writeFileSync(${JSON.stringify(join(dir, 'started'))}, '');
    serveMethods({
      async render(task, { report }) {
        waiting -= 1;
        const drawn = (rss = 0) => report(rss);
        ${script}
        return { bytes: process.pid, drawn: true };
      },
    });`,
  );
  await buildThreads(join(dir, 'threads.mjs'));
  const pool = new RenderPool({
    maxProcessBytes: 1000,
    idleMs: 20_000,
    script: pathToFileURL(path),
    ...options,
  });
  cleanUps.push(() => pool.stop());
  return pool;
}

function picture(source: string): PictureTask {
  const files = { source, temp: '', target: '', replace: true, mayStayUnwritten: false };
  const limits = { maxPixels: 1, searchMs: 1, programMs: 1 };
  return { kind: 'image', ...files, box: { width: 1, height: 1 }, quality: 80, ...limits };
}

/** Runs `a`, and `b` as soon as `a` is drawn. */
async function inTurn(pool: RenderPool, timeoutMs = 20_000) {
  const ran = await new Promise<Promise<{ bytes: number }>[]>((resolve) => {
    const a = pool.run(picture('a'), {
      timeoutMs,
      onDrawn: () => resolve([a, pool.run(picture('b'), { timeoutMs: 20_000 })]),
    });
  });
  const [a, b] = await Promise.allSettled(ran);
  return { a, b, processes: pool.processes };
}

describe('RenderPool', () => {
  test('gives the next task to a process that has only to write', async () => {
    // It ends the first task when the second has arrived, and would wait for ever without it.
    const pool = await poolOf(`drawn(); if (task.source === 'a') await arrived();`);
    const { a, b, processes } = await inTurn(pool);
    expect(a).toMatchObject({ status: 'fulfilled' });
    expect(b).toEqual(a);
    expect(processes).toBe(1);
  });

  test('has another process do the next task when one dies while it writes', async () => {
    const pool = await poolOf(`drawn(); if (first) { await arrived(); process.abort(); }`);
    const { a, b, processes } = await inTurn(pool);
    expect(a).toMatchObject({ status: 'rejected', reason: { code: 'crashed', path: 'a' } });
    expect(b).toMatchObject({ status: 'fulfilled', value: { drawn: true } });
    expect(processes).toBe(1);
  });

  test('has another process do a task when one is killed in the middle of it', async () => {
    const pool = await poolOf(`if (first) { die(); await sleep(9999); }`);
    const done = await pool.run(picture('a'), { timeoutMs: 20_000 });
    expect(done).toMatchObject({ drawn: true });
  });

  test('gives a task up whose processes are killed twice, and one that a decoder brings down at once', async () => {
    const killed = await poolOf(`die(); await sleep(9999);`);
    const twice = killed.run(picture('a'), { timeoutMs: 20_000 });
    await expect(twice).rejects.toMatchObject({ code: 'crashed', path: 'a' });
    const aborted = await poolOf(`if (first) process.abort();`);
    const once = aborted.run(picture('a'), { timeoutMs: 20_000 });
    await expect(once).rejects.toMatchObject({ code: 'crashed', path: 'a' });
  });

  test('has another process do the next task when one hangs while it writes', async () => {
    const pool = await poolOf(`drawn(); if (first) await sleep(99_999);`);
    const { a, b } = await inTurn(pool, 2000);
    expect(a).toMatchObject({ status: 'rejected', reason: { code: 'timeout', path: 'a' } });
    expect(b).toMatchObject({ status: 'fulfilled', value: { drawn: true } });
  });

  test('counts the time of a task from the end of the one before', async () => {
    const pool = await poolOf(`drawn(); if (task.source === 'a') { await arrived(); await sleep(100); }`);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    cleanUps.push(() => vi.useRealTimers());
    const both = await new Promise<Promise<unknown>[]>((resolve) => {
      const onDrawn = (): void => resolve([a, pool.run(picture('b'), { timeoutMs: 100 })]);
      const a = pool.run(picture('a'), { timeoutMs: 20_000, onDrawn });
    });
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    vi.advanceTimersByTime(10_000);
    const [a, b] = await Promise.all(both);
    expect(a).toMatchObject({ drawn: true });
    expect(b).toEqual(a);
  });

  test('gives no other task to a process that holds too much memory', async () => {
    const pool = await poolOf(`drawn(first ? 1001 : 1000); await sleep(50);`);
    const { a, b, processes } = await inTurn(pool);
    expect([a?.status, b?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(a).not.toEqual(b);
    expect(processes).toBe(1);
  });

  test('ends processes without work', async () => {
    const pool = await poolOf('', { idleMs: 50 });
    await pool.run(picture('a'), { timeoutMs: 20_000 });
    expect(pool.processes).toBe(1);
    await expect.poll(() => pool.processes).toBe(0);
  });
});
