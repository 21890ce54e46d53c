import type { StoredJob } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { parseStored } from '../../tables/stored-json.ts';

interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly owner: string;
  readonly status: string;
  readonly stage: string;
  readonly progress: number;
  readonly detail: string;
  readonly error: string | null;
  readonly created: number;
  readonly started: number | null;
  readonly updated: number;
  readonly finished: number | null;
}

/** Jobs without their results, oldest first. */
export function jobs(db: Sqlite): readonly StoredJob[] {
  const rows = db
    .prepare<[], JobRow>(
      `SELECT id, kind, owner, status, stage, progress, detail, error, created, started, updated, finished
      FROM job ORDER BY created, rowid`,
    )
    .all();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    owner: row.owner,
    status: row.status,
    stage: row.stage,
    progress: row.progress,
    detail: parseStored(row.detail),
    ...(row.error === null ? {} : { error: row.error }),
    createdTime: row.created,
    ...(row.started === null ? {} : { startedTime: row.started }),
    updatedTime: row.updated,
    ...(row.finished === null ? {} : { finishedTime: row.finished }),
  }));
}

export function jobResult(db: Sqlite, id: string): unknown {
  const json = db.prepare<[string], string | null>('SELECT result FROM job WHERE id = ?').pluck().get(id);
  return parseStored(json ?? null);
}
