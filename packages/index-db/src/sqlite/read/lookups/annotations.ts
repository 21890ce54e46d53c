import type { Annotation, AnnotationRecord } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { scopeOf } from '../statistics/scope.ts';

interface MarkRow {
  readonly rating: number;
  readonly note: string;
}

/** Ratings and notes; paths without either are left out. */
export function annotationsOf(db: Sqlite, paths: readonly string[]): ReadonlyMap<string, Annotation> {
  const find = db.prepare<[string], MarkRow>(
    'SELECT k.rating, k.note FROM image i JOIN image_mark k ON k.image_id = i.id WHERE i.path = ?',
  );
  const found = new Map<string, Annotation>();
  for (const path of paths) {
    const row = find.get(path);
    if (row !== undefined) found.set(path, row);
  }
  return found;
}

/** Texts that users wrote; other paths are left out. */
export function ownInfotexts(db: Sqlite, paths: readonly string[]): ReadonlyMap<string, string> {
  const find = db
    .prepare<[string], string>(`SELECT coalesce(exif, '') FROM image WHERE path = ? AND exif_edited <> 0`)
    .pluck();
  const found = new Map<string, string>();
  for (const path of paths) {
    const text = find.get(path);
    if (text !== undefined) found.set(path, text);
  }
  return found;
}

/** Highest rating. */
const MAX_RATING = 5;

/** How many images, in these folders or at all, have each rating, from none to five stars. */
export function ratingCounts(db: Sqlite, inside?: readonly string[]): readonly number[] {
  const scope = scopeOf(db, inside);
  const images =
    scope === undefined
      ? (db.prepare<[], number>('SELECT count(*) FROM image').pluck().get() ?? 0)
      : scope.inside;
  const rated = db
    .prepare<string[], { rating: number; count: number }>(
      `SELECT k.rating, count(*) AS count FROM image_mark k JOIN image i ON i.id = k.image_id
       ${scope === undefined ? '' : 'JOIN media_info m ON m.image_id = k.image_id'}
       WHERE k.rating > 0 AND ${scope?.holds ?? 'true'} GROUP BY 1`,
    )
    .all(...(scope?.parameters ?? []));
  const counts = Array.from({ length: MAX_RATING + 1 }, () => 0);
  for (const { rating, count } of rated) counts[rating] = count;
  counts[0] = images - rated.reduce((sum, { count }) => sum + count, 0);
  return counts;
}

interface RecordRow extends MarkRow {
  readonly id: number;
  readonly path: string;
  readonly bytes: number;
  readonly fingerprint: number | null;
  /** A JSON list of names, or null. */
  readonly tags: string | null;
  readonly infotext: string | null;
}

const marked = `
  SELECT image_id AS id FROM image_mark
  UNION SELECT id FROM image WHERE exif_edited <> 0
  UNION SELECT t.image_id FROM tag g JOIN image_tag t ON t.tag_id = g.id WHERE g.type = 'custom' AND g.count > 0`;

/** Images with a custom tag, a rating, a note or an own text, by rising id from `after` on. */
export function annotationRecords(
  db: Sqlite,
  { after, count }: { after: number; count: number },
): readonly (AnnotationRecord & { readonly id: number })[] {
  const rows = db
    .prepare<[number, number], RecordRow>(
      `SELECT i.id, i.path, m.bytes, m.fingerprint, coalesce(k.rating, 0) AS rating, coalesce(k.note, '') AS note,
         (SELECT json_group_array(g.name ORDER BY g.id) FROM image_tag t JOIN tag g ON g.id = t.tag_id
          WHERE t.image_id = i.id AND g.type = 'custom') AS tags,
         iif(i.exif_edited, coalesce(i.exif, ''), NULL) AS infotext
       FROM (${marked}) x JOIN image i ON i.id = x.id JOIN media_info m ON m.image_id = i.id
       LEFT JOIN image_mark k ON k.image_id = i.id WHERE i.id > ? ORDER BY i.id LIMIT ?`,
    )
    .all(after, count);
  return rows.map(({ fingerprint, tags, infotext, ...row }) => ({
    ...row,
    ...(fingerprint !== null && { fingerprint }),
    ...(infotext !== null && { infotext }),
    tags: JSON.parse(tags ?? '[]') as string[],
  }));
}
