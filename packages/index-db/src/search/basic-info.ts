import { statSync } from 'node:fs';
import type { BasicInfo, Tag } from '../image-index.ts';
import { microseconds } from '../scan/walk-tree.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { type TagRow, toTag } from '../store/tag-row.ts';

/** Above this many tags only the most used of the prompt's are listed, as many as this. */
export const maxListedTags = 4096;

function listedTags(db: Sqlite): readonly Tag[] {
  const count = db.prepare<[], number>('SELECT count(*) FROM tag').pluck().get() ?? 0;
  const query =
    count <= maxListedTags
      ? 'SELECT * FROM tag ORDER BY id'
      : `SELECT * FROM (SELECT * FROM tag WHERE type = 'pos' ORDER BY count DESC, id LIMIT ${maxListedTags})
         UNION ALL SELECT * FROM tag WHERE type <> 'pos'`;
  return db.prepare<[], TagRow>(query).all().map(toTag);
}

function modifiedTime(path: string): number | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats && microseconds(stats.mtimeMs);
  } catch {
    return undefined;
  }
}

/** Folders that changed since they were indexed, and extra paths that never were; absent ones are neither. */
function expiredFolders(db: Sqlite): string[] {
  const folders = db
    .prepare<[], { path: string; modified: number | null }>('SELECT path, modified FROM folders')
    .all();
  const known = new Set(folders.map(({ path }) => path));
  const expired = folders.filter(({ path, modified }) => {
    const now = modifiedTime(path);
    return now !== undefined && now !== modified;
  });
  const extra = db.prepare<[], string>('SELECT path FROM extra_path').pluck().all();
  const unknown = extra.filter((path) => !known.has(path) && modifiedTime(path) !== undefined);
  return [...expired.map(({ path }) => path), ...unknown];
}

export function basicInfo(db: Sqlite): BasicInfo {
  const imageCount = db.prepare<[], number>('SELECT count(*) FROM media_info').pluck().get() ?? 0;
  return { imageCount, tags: listedTags(db), expiredFolders: expiredFolders(db) };
}
