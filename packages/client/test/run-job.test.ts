import type { RequestListener } from 'node:http';

import { describe, expect, test } from 'vitest';

import type { Job } from '../src/index.ts';
import { entries } from './helpers/entries.ts';
import { all, failure } from './helpers/failure.ts';
import { inTurn, json, serve } from './helpers/servers.ts';

const id = '5f0c1d2e';
const result = { done: 3, rendered: 2, cached: 1, failed: 0 };

function job(status: Job['status'], progress: number, error: string | null = null): Job {
  return {
    job_id: id,
    kind: 'thumbnails',
    status,
    stage: status,
    progress,
    progress_detail: {},
    error,
    created_at: 1,
    started_at: 1,
    updated_at: 1,
    finished_at: null,
  };
}

const running = job('running', 0.5);
const completed = job('completed', 1);

/** What a job's endpoints answer, by path; the others are 404. */
function jobServer(answers: Readonly<Record<string, RequestListener>>): Promise<string> {
  return serve((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://a');
    (answers[pathname] ?? json({ detail: 'not found' }, 404))(request, response);
  });
}

function events(...jobs: Job[]): RequestListener {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const state of jobs) {
      response.write(`event: job\ndata: ${JSON.stringify({ type: 'job', job: state })}\n\n`);
    }
    response.end();
  };
}

const start = json({ job_id: id });

describe.each(entries)('the client for %s', (_, createClient) => {
  test('runs a job by its events, tells its progress and gives its result', async () => {
    const baseUrl = await jobServer({
      '/db/generate_thumbnails': start,
      '/db/jobs/events': events(job('queued', 0), running, running, completed),
      '/db/jobs/status': json({ ...completed, result }),
    });
    const { jobs, media } = createClient({ baseUrl });
    const seen: [string, number][] = [];
    const done = await jobs.run(
      media.generateThumbnails,
      { folder_paths: ['/a'] },
      { onProgress: ({ status, progress }) => seen.push([status, progress]) },
    );
    expect(done).toEqual(result);
    expect(seen).toEqual([
      ['queued', 0],
      ['running', 0.5],
      ['completed', 1],
    ]);
  });

  test('asks where there are no events, and where they break off', async () => {
    const broken: RequestListener = (__, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify({ type: 'job', job: running })}\n\n`, () => response.destroy());
    };
    for (const feed of [
      json({ detail: 'not found' }, 404),
      json({ detail: 'busy' }, 429),
      broken,
      events(),
    ]) {
      const status = inTurn(
        json({ ...running, result: null }),
        json({ detail: 'restarting' }, 503),
        json({ ...completed, result }),
      );
      const baseUrl = await jobServer({ '/db/jobs/events': feed, '/db/jobs/status': status });
      const client = createClient({ baseUrl, retry: { limit: 0 } });
      expect(await all(client.jobs.follow(id))).toEqual([running, completed]);
    }
  });

  test('a job that fails or is cancelled is a JobError with where it was', async () => {
    for (const status of ['failed', 'cancelled'] as const) {
      const ended = job(status, 0.5, 'the disk is full');
      const baseUrl = await jobServer({ '/db/hash_images': start, '/db/jobs/events': events(ended) });
      const { jobs, search } = createClient({ baseUrl });
      expect(await failure(jobs.run(search.hashImages, {}))).toMatchObject({
        name: 'JobError',
        code: status,
        job: ended,
        message: expect.stringContaining('the disk is full'),
      });
    }
  });

  test('a job that completed and no longer has its result is a JobError with the reason', async () => {
    const baseUrl = await jobServer({
      '/db/cluster_iib_output_job_start': json({ job_id: id, embedder: 'local', model: 'local-1' }),
      '/db/jobs/events': events(completed),
      '/db/cluster_iib_output_job_status': json({ ...completed, result: null, error: 'it was replaced' }),
    });
    const { jobs, ai } = createClient({ baseUrl });
    expect(await failure(jobs.run(ai.startClusterJob, {}))).toMatchObject({
      name: 'JobError',
      code: 'failed',
      job: { ...completed, error: 'it was replaced' },
      message: expect.stringContaining('it was replaced'),
    });
  });

  test('a job that is not known is refused, and not asked for again and again', async () => {
    const status = inTurn(json({ detail: 'there is no job' }, 404));
    const baseUrl = await jobServer({
      '/db/jobs/events': json({ detail: 'there is no job' }, 404),
      '/db/jobs/status': status,
    });
    const reading = failure(all(createClient({ baseUrl }).jobs.follow('x')));
    expect(await reading).toMatchObject({ name: 'ApiError', code: 'not-found' });
    expect(status.count()).toBe(0);
  });

  test('an abort cancels the job, also one that was just being started, and one of a closed client', async () => {
    for (const abortIn of ['start', 'events', 'client'] as const) {
      const stop = new AbortController();
      const cancelled: string[] = [];
      const baseUrl = await jobServer({
        '/db/generate_thumbnails': (request, response) => {
          if (abortIn === 'start') stop.abort('enough');
          setTimeout(() => start(request, response), 50);
        },
        '/db/jobs/events': (__, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(`data: ${JSON.stringify({ type: 'job', job: running })}\n\n`);
        },
        '/db/jobs/cancel': (request, response) => {
          request.on('data', (chunk) => cancelled.push(String(chunk)));
          request.on('end', () => json(job('cancelled', 0.5))(request, response));
        },
      });
      const closesClient = abortIn === 'client';
      const { jobs, media } = createClient({ baseUrl, ...(closesClient ? { signal: stop.signal } : {}) });
      const run = jobs.run(
        media.generateThumbnails,
        {},
        { onProgress: () => stop.abort('enough'), ...(closesClient ? {} : { signal: stop.signal }) },
      );
      expect(await failure(run)).toBe('enough');
      expect(cancelled).toEqual([JSON.stringify({ job_id: id })]);
    }
  });

  test('leaves the job alone where that is asked for', async () => {
    const stop = new AbortController();
    const cancel = inTurn(json(job('cancelled', 0.5)));
    const baseUrl = await jobServer({
      '/db/generate_thumbnails': start,
      '/db/jobs/events': events(running),
      '/db/jobs/cancel': cancel,
    });
    const { jobs, media } = createClient({ baseUrl });
    const options = {
      signal: stop.signal,
      cancelOnAbort: false,
      onProgress: () => stop.abort('enough'),
    };
    expect(await failure(jobs.run(media.generateThumbnails, {}, options))).toBe('enough');
    expect(cancel.count()).toBe(0);
  });

  test('reads jobs in the words of IIB’s front end', async () => {
    const { progress_detail, ...shared } = running;
    const web = (status: string, error: string | null = null) =>
      json({ ...shared, status, error, progress: progress_detail, result: null });
    const baseUrl = await jobServer({
      '/db/jobs/status': inTurn(web('running'), web('moving'), web('error', 'the job was cancelled')),
    });
    const client = createClient({ baseUrl, dialect: 'iib-web' });
    const seen = await all(client.jobs.follow(id));
    expect(seen.map(({ status, progress }) => [status, progress])).toEqual([
      ['running', 0],
      ['cancelled', 0],
    ]);
  });

  test('takes only methods of its own that start a job', async () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1' });
    const other = createClient({ baseUrl: 'http://127.0.0.1' });
    expect(await failure(client.jobs.run(other.search.hashImages, {}))).toEqual(
      new TypeError('start must be a method of this client'),
    );
    expect(await failure(client.jobs.run(client.system.hello as never, {}))).toEqual(
      new TypeError('system.hello starts no job'),
    );
  });
});
