import path from 'node:path';

import { createClient as createBrowserClient } from '@iib-kit/client/browser';
import { createClient as createNodeClient, JobError } from '@iib-kit/client';
import { launchApp, type LaunchedApp } from '@iib-kit/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const entries = { Node: createNodeClient, browsers: createBrowserClient };
const cases = (['reference', 'iib-web'] as const).flatMap((dialect) =>
  (['Node', 'browsers'] as const).map((entry) => [dialect, entry] as const),
);
const names = Array.from({ length: 12 }, (_, number) => `fox-${String(number).padStart(2, '0')}.png`);

describe.each(cases)('a server that speaks %s, and the client for %s', (dialect, entry) => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  let library: string;
  let app: LaunchedApp;
  const connect = () => entries[entry]({ baseUrl: app.url, dialect, secretKey: 'sesame' });

  beforeAll(async () => {
    temporary = await temporaryFolder();
    library = path.join(temporary.folder, 'library');
    await makeLibrary(library, Object.fromEntries(names.map((name) => [name, 'a fox in the snow'])));
    app = await launchApp({
      port: 0,
      extraPaths: [library],
      dbPath: path.join(temporary.folder, 'iib.db'),
      cacheDir: path.join(temporary.folder, 'cache'),
      secretKey: 'sesame',
      dialect,
    });
    await connect().search.updateIndex();
  });

  afterAll(async () => {
    await app.close();
    await temporary.remove();
  });

  test('all images of a search come once over pages', async () => {
    const client = connect();
    const found: string[] = [];
    for await (const image of client.search.bySubstring.pages({ surstr: 'fox', size: 5 })) {
      found.push(image.name);
      expect(typeof image.date).toBe(dialect === 'reference' ? 'number' : 'string');
    }
    expect(found.sort()).toEqual(names);
    const sizes: number[] = [];
    for await (const page of client.search.byQuery.pages({ size: 5 }).byPage()) sizes.push(page.files.length);
    expect(sizes).toEqual([5, 5, 2]);
  });

  test('jobs run to their results, which are as the contract says', async () => {
    const { jobs, media, search, ai, organize } = connect();
    const seen: string[] = [];
    const made = await jobs.run(
      media.generateThumbnails,
      { size: '64x64' },
      { onProgress: ({ status }) => seen.push(status) },
    );
    // Files of the same content share a thumbnail.
    expect(made).toMatchObject({ done: 12, failed: 0 });
    expect(made.rendered).toBeGreaterThan(0);
    expect(made.rendered + made.cached).toBe(12);
    expect(seen.at(-1)).toBe('completed');
    expect(await jobs.run(search.hashImages, {})).toEqual({ hashed: 12, failed: 0 });
    const clusters = await jobs.run(ai.startClusterJob, { folder: library, embedder: 'local' });
    expect(clusters).toMatchObject({ count: 12, embedder: 'local' });
    const plan = await jobs.run(organize.start, { folder_paths: [library], action: 'copy' });
    expect(plan.total_files).toBe(12);
    const done = await jobs.run(organize.confirm, { job_id: plan.job_id });
    expect(done).toMatchObject({ moved_count: 12, undo: null });
    const undone = await jobs.run(organize.undo, { job_id: plan.job_id });
    expect(undone.undo).toMatchObject({ restored_count: 12, errors: [] });
  });

  test('a job that fails says why', async () => {
    const { jobs, organize } = connect();
    const job = await organize.start({ folder_paths: [library] });
    await jobs.cancel({ job_id: job.job_id });
    const states: string[] = [];
    for await (const { status } of jobs.follow(job.job_id)) states.push(status);
    expect(['cancelled', 'completed']).toContain(states.at(-1));
    expect(new JobError('failed', await followed(job.job_id)).message).toContain(job.job_id);
  });

  async function followed(id: string) {
    for await (const job of connect().jobs.follow(id)) return job;
    throw new Error('a job is told at least once');
  }

  test('what changes is watched as it happens', async () => {
    const client = connect();
    const image = path.join(library, 'fox-03.png');
    const marked: string[] = [];
    for await (const { event } of client.events.watch()) {
      if (event.type === 'ready') await client.marks.rate({ img_paths: [image], rating: 4 });
      if (event.type !== 'marks') continue;
      marked.push(...event.paths);
      break;
    }
    expect(marked).toEqual([image]);
  });

  test('files come in parts, and not again while they are the same', async () => {
    const { media } = connect();
    const image = path.join(library, 'fox-00.png');
    const part = await media.file({ path: image }, { range: { start: 1, end: 3 } });
    expect([part.status, part.range?.start, part.range?.end, await part.text()]).toEqual([206, 1, 3, 'PNG']);
    const etag = part.etag ?? '';
    const again = await media.file({ path: image }, { ifNoneMatch: etag });
    expect([etag === '', again.status, (await again.bytes()).length]).toEqual([false, 304, 0]);
  });
});
