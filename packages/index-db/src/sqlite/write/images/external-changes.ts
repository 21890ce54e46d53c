import { folderOf, nameKey } from '@iib-kit/catalog/text';
import { backfillImages } from '../../tables/backfill-images.ts';
import type { ChangeLog } from '../change-log.ts';
import type { NameIds } from '../../tables/name-ids.ts';
import { type SearchDocuments, tagToken } from '../../tables/search-documents.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { prepareDetach } from '../../tables/image-tables.ts';
import { createOrphanedAnnotations } from './orphaned-annotations.ts';
import { createOwnTexts, type OwnTexts } from './own-texts.ts';
import type { TagCounts } from '../../tables/tag-counts.ts';
import { vectorTaker } from '../vectors-of-iib.ts';

export interface ExternalChangesParts {
  readonly db: Sqlite;
  readonly names: NameIds;
  readonly documents: SearchDocuments;
  readonly counts: TagCounts;
  readonly changes: ChangeLog;
}

interface ChangedRow {
  readonly image_id: number;
  readonly tag_id: number;
  /** Where the image was before. */
  readonly path: string | null;
  /** What the user had written for an image that was removed. */
  readonly text: string | null;
}

interface KnownRow {
  readonly path: string | null;
  readonly text: string | null;
  readonly edited: number | null;
  readonly doc: number;
  readonly modified: number;
  readonly bytes: number;
  readonly fingerprint: number | null;
}

/** What happened to one image. */
interface ImageChanges {
  /** Where it was; absent where only its tags changed. */
  readonly before: string | undefined;
  /** The user's, of an image that was removed. */
  readonly ownText: string | null;
  readonly tagIds: readonly number[];
}

function changesByImage(rows: readonly ChangedRow[]): ReadonlyMap<number, ImageChanges> {
  const found = new Map<number, { before: string | undefined; ownText: string | null; tagIds: number[] }>();
  for (const { image_id: id, tag_id: tagId, path, text } of rows) {
    const change = found.get(id) ?? { before: undefined, ownText: null, tagIds: [] };
    if (tagId === 0) {
      change.before = path ?? undefined;
      change.ownText = text;
    } else change.tagIds.push(tagId);
    found.set(id, change);
  }
  return found;
}

function prepareStatements(db: Sqlite) {
  return {
    // Rows of the second that was noticed last come again, since more may have been written in it.
    ofKnown: db.prepare<[], ChangedRow>(`
      SELECT f.image_id, f.tag_id, f.path, f.text FROM foreign_change f JOIN media_info m ON m.image_id = f.image_id
      UNION ALL
      SELECT t.image_id, t.tag_id, NULL, NULL FROM image_tag t JOIN media_info m ON m.image_id = t.image_id
      WHERE t.created_at >= (SELECT value FROM library_state WHERE name = 'tags_noticed')`),
    rememberTime: db.prepare(`
      UPDATE library_state SET value = coalesce(
        (SELECT max(created_at) FROM image_tag WHERE created_at IS NOT NULL), value) WHERE name = 'tags_noticed'`),
    forget: db.prepare('DELETE FROM foreign_change'),
    // A row that IIB added and took away again, which may have replaced one that we know.
    ofUnknown: db.prepare(
      'SELECT 1 FROM foreign_change WHERE image_id NOT IN (SELECT image_id FROM media_info) LIMIT 1',
    ),
    // IIB replaces rows without telling triggers.
    orphans: db
      .prepare<[], number>('SELECT image_id FROM media_info WHERE image_id NOT IN (SELECT id FROM image)')
      .pluck(),
    known: db.prepare<[number], KnownRow>(
      `SELECT i.path, i.exif AS text, i.exif_edited AS edited, m.doc, m.modified, m.bytes, m.fingerprint
       FROM media_info m LEFT JOIN image i ON i.id = m.image_id WHERE m.image_id = ?`,
    ),
    tagsOf: db.prepare<[number], number>('SELECT tag_id FROM image_tag WHERE image_id = ?').pluck(),
    relocate: db.prepare('UPDATE media_info SET folder_id = ?, name = ? WHERE image_id = ?'),
    annotationOf: db.prepare<[number], { rating: number; note: string }>(
      'SELECT rating, note FROM image_mark WHERE image_id = ?',
    ),
    isCustom: db.prepare<[number], 1>(`SELECT 1 FROM tag WHERE id = ? AND type = 'custom'`).pluck(),
    name: db.prepare('UPDATE media_info SET name = ? WHERE image_id = ?'),
    countOf: db
      .prepare<[string], number>('SELECT count(*) FROM search_tags WHERE search_tags MATCH ?')
      .pluck(),
    // While runs are merged, the table has what was moved twice.
    countInUse: db
      .prepare<[string], number>(
        `SELECT count(*) FROM search_tags f CROSS JOIN media_info m ON m.doc = f.rowid WHERE f.search_tags MATCH ?`,
      )
      .pluck(),
    saveCount: db.prepare('UPDATE tag SET count = ? WHERE id = ?'),
  };
}

type ExternalContext = ExternalChangesParts & {
  readonly sql: ReturnType<typeof prepareStatements>;
  readonly detach: (imageId: number) => void;
  readonly orphans: ReturnType<typeof createOrphanedAnnotations>;
  readonly ownTexts: OwnTexts;
};

/** Keeps what the user said of an image that is gone; its tags were taken from it just before. */
function keepAnnotations(
  { sql, orphans }: ExternalContext,
  id: number,
  { bytes, fingerprint }: KnownRow,
  path: string,
  { ownText, tagIds }: ImageChanges,
): void {
  orphans.keepAnnotations(id, {
    ...(sql.annotationOf.get(id) ?? { rating: 0, note: '' }),
    path,
    bytes,
    fingerprint,
    text: ownText,
    tagIds: tagIds.filter((tagId) => sql.isCustom.get(tagId) !== undefined),
    isAwaited: false,
  });
}

function follow(context: ExternalContext, id: number, change: ImageChanges): void {
  const { sql, names, documents, counts, changes, detach, ownTexts } = context;
  const { before, tagIds } = change;
  const row = sql.known.get(id);
  if (row === undefined) return;
  const { path, text, edited, doc, modified } = row;
  if (path === null) {
    if (before !== undefined) {
      keepAnnotations(context, id, row, before, change);
      changes.image('removed', before);
    }
    documents.remove(doc);
    detach(id);
    counts.changeImages(-1);
    return;
  }
  if (before !== undefined && before !== path) {
    sql.relocate.run(names.folder(folderOf(path)), nameKey(path), id);
    changes.moved(before, path);
  } else if (before !== undefined) changes.image('changed', path);
  for (const tagId of tagIds) changes.tagged(tagId, path);
  if (before === undefined) documents.replaceTags(doc, sql.tagsOf.all(id));
  else
    documents.rewrite(doc, {
      imageId: id,
      modified,
      source: { path, text: text ?? '' },
      // The other program leaves the tags of an image as they are when its text is written.
      tagIds: edited ? ownTexts.apply(id, text ?? '') : sql.tagsOf.all(id),
    });
}

/** Tags are counted by their own index, once it is right again. */
function recount({ sql, counts, documents }: ExternalContext, tagIds: ReadonlySet<number>): void {
  counts.flush();
  documents.flush();
  const count = documents.runs.merge === undefined ? sql.countOf : sql.countInUse;
  for (const id of tagIds) sql.saveCount.run(count.get(`"${tagToken(id)}"`), id);
}

/** Follows what another program, which knows nothing of our tables, did to images and tags. */
export function createExternalChanges(parts: ExternalChangesParts) {
  const { db, names, documents, changes } = parts;
  const sql = prepareStatements(db);
  const context: ExternalContext = {
    ...parts,
    sql,
    detach: prepareDetach(db),
    orphans: createOrphanedAnnotations(db),
    ownTexts: createOwnTexts(parts),
  };
  const takeVectors = vectorTaker(db);
  return {
    /** Makes our tables agree with what others wrote; only ever called inside a transaction. */
    take(): void {
      const byImage = changesByImage(sql.ofKnown.all());
      const tagIds = new Set([...byImage.values()].flatMap((change) => change.tagIds));
      for (const [id, change] of byImage) {
        // A row that was replaced leaves its tags behind.
        const left = sql.known.get(id)?.path === null ? sql.tagsOf.all(id) : [];
        for (const tagId of left) tagIds.add(tagId);
        follow(context, id, { ...change, tagIds: [...change.tagIds, ...left] });
      }
      const backfilled = backfillImages({ db, names, documents });
      for (const { id, path } of backfilled) {
        sql.name.run(nameKey(path), id);
        changes.image('added', path);
        for (const tagId of sql.tagsOf.all(id)) tagIds.add(tagId);
      }
      if (backfilled.length > 0 || sql.ofUnknown.get() !== undefined) {
        for (const id of sql.orphans.all()) {
          for (const tagId of sql.tagsOf.all(id)) tagIds.add(tagId);
          follow(context, id, { before: undefined, ownText: null, tagIds: [] });
        }
      }
      recount(context, tagIds);
      takeVectors();
      sql.forget.run();
      sql.rememberTime.run();
    },

    /** Forgets what our own writing left for us to notice; must end every transaction. */
    forgetOwn: (): void => {
      sql.forget.run();
    },
  };
}
export type ExternalChanges = ReturnType<typeof createExternalChanges>;
