import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';
import { readEvents } from '../helpers/read-events.ts';

const { service } = await madeService();

interface Job {
  readonly job_id: string;
  readonly kind: string;
  readonly status: string;
}

overTransports(service, ({ base, get, send, json }) => {
  const listed = async (query: Record<string, string> = {}) =>
    (await json<{ jobs: Job[] }>(get('/db/jobs', query))).jobs;

  test('an index run is a job with a result that can be asked for afterwards', async () => {
    const before = await listed();
    expect(await json(send('POST', '/db/update_image_data'))).toBeNull();
    const after = await listed({ kind: 'index', status: 'completed' });
    expect(after.length).toBe(before.length + 1);
    const [latest] = after;
    const { result, ...job } = await json<Job & { result: unknown }>(
      get('/db/jobs/status', { job_id: latest?.job_id ?? '' }),
    );
    expect(job).toEqual(latest);
    const time = expect.closeTo(Date.now() / 1000, -2);
    expect(job).toMatchObject({
      kind: 'index',
      status: 'completed',
      stage: 'done',
      progress: 1,
      error: null,
      created_at: time,
      started_at: time,
      updated_at: time,
      finished_at: time,
    });
    expect(result).toMatchObject({
      added: 0,
      changed: 0,
      removed: 0,
      unavailable: [],
      failed: [],
      failed_count: 0,
    });
  });

  test('a job that is over stays as it is when it is cancelled', async () => {
    const [job] = await listed({ status: 'completed' });
    expect(await json(send('POST', '/db/jobs/cancel', { job_id: job?.job_id }))).toEqual(job);
  });

  test('a job that is not known is 404', async () => {
    for (const answer of [
      get('/db/jobs/status', { job_id: 'nope' }),
      get('/db/jobs/events', { job_id: 'nope' }),
      send('POST', '/db/jobs/cancel', { job_id: 'nope' }),
    ]) {
      const response = await answer;
      expect([response.status, await response.json()]).toEqual([404, { detail: 'there is no job "nope"' }]);
    }
  });

  test('the events of a job that is over are its state, and the end', async () => {
    const [job] = await listed({ status: 'completed' });
    const stream = await readEvents(`${base()}/db/jobs/events?job_id=${job?.job_id ?? ''}`);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await stream.next()).toEqual({ id: undefined, name: 'job', data: { type: 'job', job } });
    expect(await stream.ended()).toBe(true);
  });

  test('the events of all jobs tell how one goes, from its waiting to its end', async () => {
    const stream = await readEvents(`${base()}/db/jobs/events`);
    const updating = json(send('POST', '/db/update_image_data'));
    const isJob = (status: string) => (event: { data: Record<string, unknown> }) =>
      (event.data['job'] as Job).status === status;
    const running = await stream.next(isJob('running'));
    const completed = await stream.next(isJob('completed'));
    expect((completed.data['job'] as Job).job_id).toBe((running.data['job'] as Job).job_id);
    await updating;
    stream.leave();
  });
});
