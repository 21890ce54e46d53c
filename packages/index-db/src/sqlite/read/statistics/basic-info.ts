import { statSync } from 'node:fs';
import { type BasicInfo, systemPath, type Tag } from '@iib-kit/catalog';
import { microseconds } from '@iib-kit/catalog/scan';
import { folderRange, trimFolder } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import { type TagRow, toTag } from '../../tables/tag-row.ts';
import { type Scope, scopeOf } from './scope.ts';
import { type CountInScope, isNamedIn, tagCountsIn } from './scoped-tag-counts.ts';

/** Above this many tags only the most used of the prompt's are listed, as many as this. */
export const maxListedTags = 4096;

const mostUsed = (where: string): string =>
  `SELECT * FROM tag WHERE type = 'pos' ${where} ORDER BY count DESC, id LIMIT ${maxListedTags}`;

interface Remembered {
  readonly version: unknown;
  /** Of which folders. */
  readonly of: string;
  readonly tags: readonly Tag[];
}

const remembered = new WeakMap<Sqlite, Remembered>();

/** The tags to list, kept until anybody writes to the database. */
function listedTags(db: Sqlite, scope: Scope | undefined): readonly Tag[] {
  const version = db.pragma('data_version', { simple: true });
  const of = JSON.stringify(scope?.parameters ?? 'everything');
  const known = remembered.get(db);
  if (known !== undefined && known.version === version && known.of === of) return known.tags;
  const tags = scope === undefined ? readListedTags(db) : tagsInScope(db, tagCountsIn(db, scope));
  remembered.set(db, { version, of, tags });
  return tags;
}

function readListedTags(db: Sqlite): readonly Tag[] {
  const all = db.prepare<[], TagRow>(`SELECT * FROM tag ORDER BY id LIMIT ${maxListedTags + 1}`).all();
  if (all.length <= maxListedTags) return all.map(toTag);
  // The first of both reads an index of few tags; it is enough unless nearly every tag is rare.
  const inUse = db.prepare<[], TagRow>(mostUsed('AND count >= 8')).all();
  const ofPrompt = inUse.length === maxListedTags ? inUse : db.prepare<[], TagRow>(mostUsed('')).all();
  const others = db.prepare<[], TagRow>(`SELECT * FROM tag WHERE type <> 'pos' ORDER BY id`).all();
  return [...ofPrompt, ...others].map(toTag);
}

/** The same of the tags that may be named, with their counts in the scope. */
function tagsInScope(db: Sqlite, countOf: CountInScope): readonly Tag[] {
  const named: TagRow[] = [];
  for (const row of db.prepare<[], TagRow>('SELECT * FROM tag ORDER BY id').iterate()) {
    if (isNamedIn(countOf, row)) named.push({ ...row, count: countOf(row) });
  }
  if (named.length <= maxListedTags) return named.map(toTag);
  const ofPrompt = named
    .filter(({ type }) => type === 'pos')
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0) || a.id - b.id)
    .slice(0, maxListedTags);
  return [...ofPrompt, ...named.filter(({ type }) => type !== 'pos')].map(toTag);
}

function modifiedTime(path: string): number | undefined {
  try {
    const stats = statSync(systemPath(path), { throwIfNoEntry: false });
    return stats && microseconds(stats.mtimeMs);
  } catch {
    return undefined;
  }
}

/** Folders that changed since they were indexed, and extra paths and roots that never were; absent ones are neither. */
function expiredFolders(db: Sqlite, roots: readonly string[]): string[] {
  const folders = db
    .prepare<[], { path: string; modified: number | null }>('SELECT path, modified FROM folders')
    .all();
  const known = new Set(folders.map(({ path }) => path));
  const expired = folders.filter(({ path, modified }) => {
    const now = modifiedTime(path);
    return now !== undefined && now !== modified;
  });
  const extra = db.prepare<[], string>('SELECT path FROM extra_path').pluck().all();
  const unknown = [...new Set([...extra, ...roots])].filter(
    (path) => !known.has(path) && modifiedTime(path) !== undefined,
  );
  return [...expired.map(({ path }) => path), ...unknown];
}

export function basicInfo(
  db: Sqlite,
  { roots = [], inside }: { roots?: readonly string[]; inside?: readonly string[] },
): BasicInfo {
  const scope = scopeOf(db, inside);
  const imageCount = scope?.inside ?? countAll(db);
  const expired = expiredFolders(db, roots);
  return {
    imageCount,
    tags: listedTags(db, scope),
    expiredFolders:
      inside === undefined ? expired : expired.filter((folder) => isFolderInside(inside, folder)),
  };
}

function countAll(db: Sqlite): number {
  return (
    db.prepare<[], number>(`SELECT value FROM library_state WHERE name = 'image_count'`).pluck().get() ?? 0
  );
}

function isFolderInside(inside: readonly string[], folder: string): boolean {
  return inside.some((root) => {
    const { from, to } = folderRange(root);
    return folder === trimFolder(root) || (folder >= from && folder < to);
  });
}
