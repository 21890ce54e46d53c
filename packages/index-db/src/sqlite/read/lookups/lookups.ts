import type { ExtraPath, IndexedImage, Tag } from '@iib-kit/catalog';
import { type ExtraPathRow, toExtraPath } from '../../tables/extra-path-row.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { type TagRow, toTag } from '../../tables/tag-row.ts';
import { scopeOf } from '../statistics/scope.ts';
import { tagCountsIn } from '../statistics/scoped-tag-counts.ts';
import { imageColumns, type ImageRow, toIndexedImage } from '../search/image-row.ts';

/** Asks for each key and keeps those that have an answer. */
function byKey<K, T>(keys: readonly K[], find: (key: K) => T | undefined): Map<K, T> {
  const found = new Map<K, T>();
  for (const key of keys) {
    const value = find(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}

export function imagesOf(db: Sqlite, paths: readonly string[]): ReadonlyMap<string, IndexedImage> {
  const find = db.prepare<[string], ImageRow>(
    `SELECT ${imageColumns} FROM image i JOIN media_info m ON m.image_id = i.id WHERE i.path = ?`,
  );
  return byKey(paths, (path) => {
    const row = find.get(path);
    return row && toIndexedImage(row);
  });
}

export function imagesById(db: Sqlite, ids: readonly number[]): ReadonlyMap<number, IndexedImage> {
  const find = db.prepare<[number], ImageRow>(
    `SELECT ${imageColumns} FROM image i JOIN media_info m ON m.image_id = i.id WHERE i.id = ?`,
  );
  return byKey(ids, (id) => {
    const row = find.get(id);
    return row && toIndexedImage(row);
  });
}

export function infotextsOf(db: Sqlite, paths: readonly string[]): ReadonlyMap<string, string> {
  const find = db.prepare<[string], string | null>('SELECT exif FROM image WHERE path = ?').pluck();
  return byKey(paths, (path) => {
    const text = find.get(path);
    return text === undefined ? undefined : (text ?? '');
  });
}

/** Custom tags of images, with how many images carry them, in these folders or at all. */
export function customTagsOf(
  db: Sqlite,
  paths: readonly string[],
  inside?: readonly string[],
): ReadonlyMap<string, readonly Tag[]> {
  const toScoped = scopedTag(db, inside);
  const find = db.prepare<[string], TagRow>(`
    SELECT g.* FROM image i JOIN image_tag t ON t.image_id = i.id JOIN tag g ON g.id = t.tag_id
    WHERE i.path = ? AND g.type = 'custom' ORDER BY g.id`);
  return byKey(paths, (path) => {
    const rows = find.all(path);
    return rows.length === 0 ? undefined : rows.map(toScoped);
  });
}

export function tagsById(
  db: Sqlite,
  ids: readonly number[],
  inside?: readonly string[],
): ReadonlyMap<number, Tag> {
  const toScoped = scopedTag(db, inside);
  const find = db.prepare<[number], TagRow>('SELECT * FROM tag WHERE id = ?');
  return byKey(ids, (id) => {
    const row = find.get(id);
    return row && toScoped(row);
  });
}

function scopedTag(db: Sqlite, inside: readonly string[] | undefined): (row: TagRow) => Tag {
  const scope = scopeOf(db, inside);
  if (scope === undefined) return toTag;
  const countOf = tagCountsIn(db, scope);
  return (row) => toTag({ ...row, count: countOf(row) });
}

/** Folders in which drives were when they were last read. */
export function mountPoints(db: Sqlite): readonly string[] {
  return db.prepare<[], string>('SELECT path FROM folders WHERE mount = 1').pluck().all();
}

export function extraPaths(db: Sqlite): readonly ExtraPath[] {
  return db
    .prepare<[], ExtraPathRow>('SELECT path, type, alias FROM extra_path ORDER BY rowid')
    .all()
    .map(toExtraPath);
}
