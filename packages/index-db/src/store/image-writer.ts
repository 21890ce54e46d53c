import type { ScannedFile } from '../scan/scanned-file.ts';
import { localDate } from './local-date.ts';
import type { NameIds } from './name-ids.ts';
import type { SearchDocuments } from './search-documents.ts';
import type { Sqlite } from './sqlite.ts';
import type { TagCounts } from './tag-counts.ts';

/** What the writing of images needs from the rest of the store. */
export interface ImageWriterParts {
  readonly db: Sqlite;
  readonly names: NameIds;
  readonly documents: SearchDocuments;
  readonly counts: TagCounts;
}

// Several rows a statement, since the way into SQLite costs as much as a row of this size.
const tagsPerInsert = 8;
const rowsPerInsert = Array.from({ length: tagsPerInsert }, () => '(?, ?)').join(', ');

/** The number that these digits are, where a double holds it exactly. */
function exactNumber(digits: string | undefined): number | null {
  const number = Number(digits);
  return digits !== undefined && Number.isSafeInteger(number) && String(number) === digits ? number : null;
}

function prepareStatements(db: Sqlite) {
  return {
    findId: db.prepare<[string], number>('SELECT id FROM image WHERE path = ?').pluck(),
    addImage: db.prepare('INSERT INTO image (path, exif, size, date) VALUES (?, ?, ?, ?)'),
    changeImage: db
      .prepare<[string, string, number, string, number], string | null>(
        'UPDATE image SET path = ?, exif = iif(exif_edited, exif, ?), size = ?, date = ? WHERE id = ? RETURNING exif',
      )
      .pluck(),
    saveInfo: db.prepare(
      `INSERT OR REPLACE INTO media_info (image_id, doc, folder_id, modified, created, bytes, media, width, height,
        fingerprint, seed, seed_text, steps, cfg_scale, generator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    docOf: db.prepare<[number], number>('SELECT doc FROM media_info WHERE image_id = ?').pluck(),
    addTags: db.prepare(`INSERT INTO image_tag (image_id, tag_id) VALUES ${rowsPerInsert}`),
    addTag: db.prepare('INSERT OR IGNORE INTO image_tag (image_id, tag_id) VALUES (?, ?)'),
    tagsOf: db.prepare<[number], { id: number; type: string | null }>(
      'SELECT t.tag_id AS id, g.type FROM image_tag t LEFT JOIN tag g ON g.id = t.tag_id WHERE t.image_id = ?',
    ),
    dropTag: db.prepare('DELETE FROM image_tag WHERE image_id = ? AND tag_id = ?'),
    dropTags: db.prepare('DELETE FROM image_tag WHERE image_id = ?'),
    dropInfo: db.prepare('DELETE FROM media_info WHERE image_id = ?'),
    dropEmbedding: db.prepare('DELETE FROM image_embedding WHERE image_id = ?'),
    dropEmbeddingFailures: db.prepare('DELETE FROM image_embedding_fail WHERE image_id = ?'),
    dropImage: db.prepare('DELETE FROM image WHERE id = ?'),
  };
}

/** Writes images with everything that hangs on them; only ever called inside a transaction. */
export function createImageWriter({ db, names, documents, counts }: ImageWriterParts) {
  const sql = prepareStatements(db);

  /** Keeps the custom tags of an image, replaces the automatic ones, and gives all of them. */
  function replaceAutomaticTags(imageId: number, automatic: ReadonlySet<number>): number[] {
    const kept: number[] = [];
    for (const { id, type } of sql.tagsOf.all(imageId)) {
      if (type === 'custom' || automatic.has(id)) {
        kept.push(id);
        continue;
      }
      sql.dropTag.run(imageId, id);
      counts.change(id, -1);
    }
    return [...kept, ...addTags(imageId, automatic)];
  }

  function addTags(imageId: number, tagIds: Iterable<number>): number[] {
    const added: number[] = [];
    for (const tagId of tagIds) {
      if (sql.addTag.run(imageId, tagId).changes === 0) continue;
      added.push(tagId);
      counts.change(tagId, 1);
    }
    return added;
  }

  /** Gives tags to an image that has none yet. */
  function addFirstTags(imageId: number, tagIds: ReadonlySet<number>): number[] {
    const ids = [...tagIds];
    let done = 0;
    for (; done + tagsPerInsert <= ids.length; done += tagsPerInsert) {
      sql.addTags.run(ids.slice(done, done + tagsPerInsert).flatMap((id) => [imageId, id]));
    }
    for (; done < ids.length; done += 1) sql.addTag.run(imageId, ids[done]);
    for (const id of ids) counts.change(id, 1);
    return ids;
  }

  function saveDocument(file: ScannedFile, imageId: number, text: string, tagIds: readonly number[]): void {
    const doc = documents.append({ imageId, modified: file.modified, path: file.path, text, tagIds });
    const exactSeed = exactNumber(file.seed);
    sql.saveInfo.run(
      imageId,
      doc,
      names.folder(file.folder),
      file.modified,
      file.created,
      file.bytes,
      file.media,
      file.width ?? null,
      file.height ?? null,
      file.fingerprint,
      exactSeed,
      exactSeed === null ? (file.seed ?? null) : null,
      file.steps ?? null,
      file.cfgScale ?? null,
      file.generator ?? null,
    );
  }

  return {
    /** The row that holds this path already, if one does. */
    idOf: (path: string): number | undefined => sql.findId.get(path),

    add(file: ScannedFile, tagIds: ReadonlySet<number>): number {
      const { lastInsertRowid } = sql.addImage.run(
        file.path,
        file.text,
        file.bytes,
        localDate(file.modified),
      );
      const imageId = Number(lastInsertRowid);
      saveDocument(file, imageId, file.text, addFirstTags(imageId, tagIds));
      return imageId;
    },

    change(imageId: number, file: ScannedFile, tagIds: ReadonlySet<number>): void {
      const text = sql.changeImage.get(file.path, file.text, file.bytes, localDate(file.modified), imageId);
      const previousDoc = sql.docOf.get(imageId);
      if (previousDoc !== undefined) documents.remove(previousDoc);
      saveDocument(file, imageId, text ?? '', replaceAutomaticTags(imageId, tagIds));
    },

    remove(imageId: number): void {
      for (const { id } of sql.tagsOf.all(imageId)) counts.change(id, -1);
      const doc = sql.docOf.get(imageId);
      if (doc !== undefined) documents.remove(doc);
      for (const drop of [
        sql.dropTags,
        sql.dropInfo,
        sql.dropEmbedding,
        sql.dropEmbeddingFailures,
        sql.dropImage,
      ]) {
        drop.run(imageId);
      }
    },
  };
}
export type ImageWriter = ReturnType<typeof createImageWriter>;
