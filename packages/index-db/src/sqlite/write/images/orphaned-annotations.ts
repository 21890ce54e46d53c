import { parseStoredTexts } from '../../tables/stored-json.ts';
import type { NameIds } from '../../tables/name-ids.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { TagCounts } from '../../tables/tag-counts.ts';

interface AnnotatedRow {
  readonly path: string;
  readonly bytes: number;
  readonly fingerprint: number | null;
  readonly rating: number;
  readonly note: string;
}

interface OrphanRow {
  readonly path: string;
  readonly rating: number;
  readonly note: string;
  /** A JSON list of names. */
  readonly tags: string;
}

/** What may come back: where it lies, and what is in it. */
interface ReturningFile {
  readonly path: string;
  readonly bytes: number;
  readonly fingerprint: number;
}

function prepareStatements(db: Sqlite) {
  return {
    annotationOf: db.prepare<[number], AnnotatedRow>(`
    SELECT i.path, m.bytes, m.fingerprint, coalesce(k.rating, 0) AS rating, coalesce(k.note, '') AS note
    FROM image i JOIN media_info m ON m.image_id = i.id LEFT JOIN image_mark k ON k.image_id = i.id WHERE i.id = ?`),
    customTagsOf: db
      .prepare<[number], string>(
        `SELECT g.name FROM image_tag t JOIN tag g ON g.id = t.tag_id
       WHERE t.image_id = ? AND g.type = 'custom' ORDER BY g.id`,
      )
      .pluck(),
    keep: db.prepare(`
    INSERT OR REPLACE INTO lost_mark (path, bytes, fingerprint, rating, note, tags, lost_at, awaited)
    VALUES (?, ?, ?, ?, ?, ?, unixepoch(), ?)`),
    any: db.prepare('SELECT 1 FROM lost_mark LIMIT 1'),
    // What was never read has no fingerprint, but comes back to its own path. Of equal files each gets its own annotations.
    find: db.prepare<[ReturningFile], OrphanRow>(`
    SELECT path, rating, note, tags FROM lost_mark
    WHERE bytes = $bytes AND ((fingerprint = $fingerprint AND (path = $path OR NOT awaited))
      OR (fingerprint IS NULL AND path = $path))
    ORDER BY path = $path DESC, lost_at DESC LIMIT 1`),
    forget: db.prepare('DELETE FROM lost_mark WHERE path = ?'),
    mark: db.prepare('INSERT INTO image_mark (image_id, rating, note) VALUES (?, ?, ?)'),
    addTag: db.prepare(
      'INSERT OR IGNORE INTO image_tag (image_id, tag_id, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)',
    ),
  };
}

/** Keeps what the user said of images whose files vanished, and gives it back when the same content turns up. */
export function createOrphanedAnnotations({
  db,
  names,
  counts,
}: {
  db: Sqlite;
  names: NameIds;
  counts: TagCounts;
}) {
  const { annotationOf, customTagsOf, keep, any, find, forget, mark, addTag } = prepareStatements(db);

  return {
    /**
     * Remembers the annotations of an image that is about to be removed, if it has any: for the same content wherever it
     * turns up or, where it was stored under another path, for what comes back from there.
     */
    keep(imageId: number, storedAt: string | undefined): void {
      const row = annotationOf.get(imageId);
      if (row === undefined) return;
      const tags = customTagsOf.all(imageId);
      if (tags.length === 0 && row.rating === 0 && row.note === '') return;
      const isAwaited = Number(storedAt !== undefined);
      keep.run(
        storedAt ?? row.path,
        row.bytes,
        row.fingerprint,
        row.rating,
        row.note,
        JSON.stringify(tags),
        isAwaited,
      );
    },

    /** Gives a new image the annotations of a vanished one with the same content; returns the tags that it got. */
    restore(imageId: number, { path, bytes, fingerprint }: ReturningFile): number[] {
      if (any.get() === undefined) return [];
      const row = find.get({ path, bytes, fingerprint });
      if (row === undefined) return [];
      forget.run(row.path);
      if (row.rating !== 0 || row.note !== '') mark.run(imageId, row.rating, row.note);
      const tagNames = parseStoredTexts(row.tags) ?? [];
      const tagIds = tagNames.map((name) => names.tag({ type: 'custom', name }));
      return tagIds.filter((tagId) => {
        const isNew = addTag.run(imageId, tagId).changes > 0;
        if (isNew) counts.change(tagId, 1);
        return isNew;
      });
    },
  };
}
