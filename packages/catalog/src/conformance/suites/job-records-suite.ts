import type { StoredJob } from '../../roles/job-records.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Jobs of a server are known after it starts again. */
export function jobRecordsSuite({ it, expect, temporaryLibrary }: ConformanceTools): void {
  const running: StoredJob = {
    id: 'one',
    kind: 'zip',
    owner: 'host:1',
    status: 'running',
    stage: 'packing',
    progress: 0.25,
    detail: { done: 1, total: 4 },
    createdTime: 1_700_000_000.5,
    startedTime: 1_700_000_001,
    updatedTime: 1_700_000_002,
  };
  const queued: StoredJob = {
    id: 'two',
    kind: 'index',
    owner: 'host:1',
    status: 'queued',
    stage: 'queued',
    progress: 0,
    detail: null,
    createdTime: 1_700_000_000.25,
    updatedTime: 1_700_000_000.25,
  };

  it('keeps jobs for the next opening, oldest first', async () => {
    const library = temporaryLibrary();
    const first = await library.open();
    await first.saveJob(running);
    await first.saveJob(queued);
    await first.close();
    const second = await library.open();
    expect(await second.jobs()).toEqual([queued, running]);
  });

  it('keeps what became of a job, and its result until another is given', async () => {
    const index = await temporaryLibrary().open();
    await index.saveJob(running);
    expect(await index.jobResult('one')).toBeUndefined();
    const done = { ...running, status: 'completed', progress: 1, finishedTime: 1_700_000_003 };
    await index.saveJob(done, { bytes: 7 });
    const failed = { ...done, status: 'failed', error: 'the disk is full' };
    await index.saveJob(failed);
    expect(await index.jobs()).toEqual([failed]);
    expect(await index.jobResult('one')).toEqual({ bytes: 7 });
    await index.saveJob(failed, null);
    expect(await index.jobResult('one')).toBeNull();
  });

  it('forgets jobs, and knows none of another name', async () => {
    const index = await temporaryLibrary().open();
    await index.saveJob(running);
    await index.saveJob(queued);
    await index.removeJobs(['one', 'never was']);
    expect((await index.jobs()).map(({ id }) => id)).toEqual(['two']);
    expect(await index.jobResult('one')).toBeUndefined();
  });
}
