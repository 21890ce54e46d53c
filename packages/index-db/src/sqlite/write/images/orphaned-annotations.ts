import { parseStoredIds } from '../../tables/stored-json.ts';
import type { Sqlite } from '../../connection/sqlite.ts';

/** What the user said of an image. */
export interface Annotations {
  readonly rating: number;
  readonly note: string;
  readonly tagIds: readonly number[];
  /** A text that the user wrote in place of that of the file; null for none. */
  readonly text: string | null;
}

interface AnnotatedRow extends Omit<Annotations, 'tagIds'> {
  readonly path: string;
  readonly bytes: number;
  readonly fingerprint: number | null;
}

interface OrphanRow extends Omit<Annotations, 'tagIds'> {
  readonly path: string;
  /** A JSON list of ids. */
  readonly tag_ids: string | null;
}

/** What may come back: where it lies, and what is in it. */
interface ReturningFile {
  readonly path: string;
  readonly bytes: number;
  readonly fingerprint: number;
}

/** An image that is gone, with what the user said of it. */
export interface OrphanedImage extends Annotations {
  readonly path: string;
  readonly bytes: number;
  readonly fingerprint: number | null;
  /** Whether only what lies under this path gets the annotations, and not every file of the same content. */
  readonly isAwaited: boolean;
}

function prepareStatements(db: Sqlite) {
  return {
    annotationOf: db.prepare<[number], AnnotatedRow>(`
    SELECT i.path, m.bytes, m.fingerprint, coalesce(k.rating, 0) AS rating, coalesce(k.note, '') AS note,
      iif(i.exif_edited, coalesce(i.exif, ''), NULL) AS text
    FROM image i JOIN media_info m ON m.image_id = i.id LEFT JOIN image_mark k ON k.image_id = i.id WHERE i.id = ?`),
    customTagsOf: db
      .prepare<[number], number>(
        `SELECT g.id FROM image_tag t JOIN tag g ON g.id = t.tag_id WHERE t.image_id = ? AND g.type = 'custom'
         ORDER BY g.id`,
      )
      .pluck(),
    // What a rule gave, it gives again to what it still fits.
    isOfRule: db.prepare(
      'SELECT 1 FROM auto_tag_hit h JOIN auto_tag_rule r ON r.id = h.rule_id WHERE h.image_id = ? AND r.tag_id = ?',
    ),
    // `tags` held names before; it must not be empty.
    keep: db.prepare(`
    INSERT OR REPLACE INTO lost_mark (path, bytes, fingerprint, rating, note, tags, tag_ids, text, lost_at, awaited)
    VALUES (?, ?, ?, ?, ?, '[]', ?, ?, unixepoch(), ?)`),
    any: db.prepare('SELECT 1 FROM lost_mark LIMIT 1'),
    // What was never read has no fingerprint, but comes back to its own path. Of equal files each gets its own annotations.
    find: db.prepare<[ReturningFile], OrphanRow>(`
    SELECT path, rating, note, tag_ids, text FROM lost_mark
    WHERE bytes = $bytes AND ((fingerprint = $fingerprint AND (path = $path OR NOT awaited))
      OR (fingerprint IS NULL AND path = $path))
    ORDER BY path = $path DESC, lost_at DESC LIMIT 1`),
    forget: db.prepare('DELETE FROM lost_mark WHERE path = ?'),
    // Ids of tags are never used again.
    present: db
      .prepare<[number, number], number>(
        'SELECT id FROM tag WHERE id = coalesce((SELECT into_id FROM merged_tag WHERE tag_id = ?), ?)',
      )
      .pluck(),
  };
}

/** Keeps what the user said of images whose files vanished, and gives it back when the same content turns up. */
export function createOrphanedAnnotations(db: Sqlite) {
  const sql = prepareStatements(db);

  /** What these tags are now: those that were merged are the one that they went into, those that were removed are gone. */
  const presentTags = (ids: readonly number[]): number[] => [
    ...new Set(ids.flatMap((id) => sql.present.get(id, id) ?? [])),
  ];

  const keepAnnotations = (imageId: number, image: OrphanedImage): void => {
    const { path, bytes, fingerprint, rating, note, text } = image;
    const tagIds = image.tagIds.filter((tagId) => sql.isOfRule.get(imageId, tagId) === undefined);
    if (tagIds.length === 0 && rating === 0 && note === '' && text === null) return;
    sql.keep.run(
      path,
      bytes,
      fingerprint,
      rating,
      note,
      JSON.stringify(tagIds),
      text,
      Number(image.isAwaited),
    );
  };

  return {
    /** Remembers what is known of an image that is gone, if its user said anything of it. */
    keepAnnotations,

    /**
     * Remembers the annotations of an image that is about to be removed, if it has any: for the same content wherever it
     * turns up or, where it was stored under another path, for what comes back from there.
     */
    keep(imageId: number, storedAt: string | undefined): void {
      const row = sql.annotationOf.get(imageId);
      if (row === undefined) return;
      keepAnnotations(imageId, {
        ...row,
        path: storedAt ?? row.path,
        tagIds: sql.customTagsOf.all(imageId),
        isAwaited: storedAt !== undefined,
      });
    },

    /** What the user said of a vanished image with the same content, once. */
    take({ path, bytes, fingerprint }: ReturningFile): Annotations | undefined {
      if (sql.any.get() === undefined) return undefined;
      const row = sql.find.get({ path, bytes, fingerprint });
      if (row === undefined) return undefined;
      sql.forget.run(row.path);
      const { rating, note, text } = row;
      return { rating, note, text, tagIds: presentTags(parseStoredIds(row.tag_ids) ?? []) };
    },
  };
}
