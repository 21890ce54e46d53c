import { mediaOfName } from '@iib-kit/catalog/scan';
import { folderOf, parseLocalDate } from '@iib-kit/catalog/text';
import type { NameIds } from './name-ids.ts';
import type { SearchDocuments } from './search-documents.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { addToImageCount } from './tag-counts.ts';

interface ForeignRow {
  readonly path: string;
  readonly exif: string | null;
  readonly size: number | null;
  readonly date: string | null;
}

// Bounds the texts in memory.
const documentsAtOnce = 1000;

/** An image that is known from now on. */
export interface BackfilledImage {
  readonly id: number;
  readonly path: string;
}

export interface BackfillParts {
  readonly db: Sqlite;
  readonly names: NameIds;
  readonly documents: SearchDocuments;
}

/**
 * Makes images searchable that IIB put into the database. Ids are never used again, so those above our highest are
 * new to us. Without a fingerprint, the next update reads each of them once.
 */
export function backfillImages({ db, names, documents }: BackfillParts): readonly BackfilledImage[] {
  const ids = db
    .prepare<[], number>(
      `SELECT id FROM image WHERE id > (SELECT coalesce(max(image_id), 0) FROM media_info) AND path IS NOT NULL
       ORDER BY date, id`,
    )
    .pluck()
    .all();
  const find = db.prepare<[number], ForeignRow>('SELECT path, exif, size, date FROM image WHERE id = ?');
  const tagsOf = db.prepare<[number], number>('SELECT tag_id FROM image_tag WHERE image_id = ?').pluck();
  const save = db.prepare(
    `INSERT INTO media_info (image_id, doc, folder_id, modified, created, bytes, media) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const backfilled: BackfilledImage[] = [];
  for (const id of ids) {
    const row = find.get(id);
    if (row === undefined) continue;
    const { path, exif, size, date } = row;
    const modified = parseLocalDate(date ?? '') ?? 0;
    const doc = documents.append({
      imageId: id,
      modified,
      source: { path, text: exif ?? '' },
      tagIds: tagsOf.all(id),
    });
    save.run(id, doc, names.folder(folderOf(path)), modified, modified, size ?? 0, mediaOfName(path) ?? 0);
    backfilled.push({ id, path });
    if (backfilled.length % documentsAtOnce === 0) documents.flush();
  }
  documents.flush();
  db.prepare(addToImageCount).run(backfilled.length);
  return backfilled;
}
