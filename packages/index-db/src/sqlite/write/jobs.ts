import type { StoredJob } from '@iib-kit/catalog';
import type { WriterStore } from './writer-store.ts';

/** Keeps a job as it is now; its result stays when none is given. */
export function saveJob(store: WriterStore, job: StoredJob, result?: unknown): void {
  const save = store.db.prepare(`
    INSERT INTO job (id, kind, owner, status, stage, progress, detail, error, result, created, started, updated, finished)
    VALUES (@id, @kind, @owner, @status, @stage, @progress, @detail, @error, @result, @created, @started, @updated, @finished)
    ON CONFLICT (id) DO UPDATE SET
      owner = excluded.owner, status = excluded.status, stage = excluded.stage, progress = excluded.progress,
      detail = excluded.detail, error = excluded.error, result = coalesce(excluded.result, result),
      started = excluded.started, updated = excluded.updated, finished = excluded.finished`);
  store.transaction(() =>
    save.run({
      id: job.id,
      kind: job.kind,
      owner: job.owner,
      status: job.status,
      stage: job.stage,
      progress: job.progress,
      detail: JSON.stringify(job.detail),
      error: job.error ?? null,
      result: result === undefined ? null : JSON.stringify(result),
      created: job.createdTime,
      started: job.startedTime ?? null,
      updated: job.updatedTime,
      finished: job.finishedTime ?? null,
    }),
  );
}

export function removeJobs(store: WriterStore, ids: readonly string[]): void {
  const remove = store.db.prepare('DELETE FROM job WHERE id = ?');
  store.transaction(() => {
    for (const id of ids) remove.run(id);
  });
}
