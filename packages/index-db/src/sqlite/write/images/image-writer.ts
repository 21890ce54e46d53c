import type { ScannedFile } from '@iib-kit/catalog/scan';
import { localDate, nameKey } from '@iib-kit/catalog/text';
import type { ChangeLog } from '../change-log.ts';
import type { NameIds } from '../../tables/name-ids.ts';
import { createLostMarks } from './orphaned-annotations.ts';
import type { SearchDocument, SearchDocuments } from '../../tables/search-documents.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { TagCounts } from '../../tables/tag-counts.ts';

/** What the writing of images needs from the rest of the store. */
export interface ImageWriterParts {
  readonly db: Sqlite;
  readonly names: NameIds;
  readonly documents: SearchDocuments;
  readonly counts: TagCounts;
  readonly changes: ChangeLog;
}

/** The number that these digits are, where a double holds it exactly. */
function exactNumber(digits: string | undefined): number | null {
  const number = Number(digits);
  return digits !== undefined && Number.isSafeInteger(number) && String(number) === digits ? number : null;
}

function prepareStatements(db: Sqlite) {
  return {
    pathOf: db.prepare<[number], string>('SELECT path FROM image WHERE id = ?').pluck(),
    findId: db.prepare<[string], number>('SELECT id FROM image WHERE path = ?').pluck(),
    addImage: db.prepare('INSERT INTO image (path, exif, size, date) VALUES (?, ?, ?, ?)'),
    changeImage: db
      .prepare<[string, string, number, string, number], string | null>(
        'UPDATE image SET path = ?, exif = iif(exif_edited, exif, ?), size = ?, date = ? WHERE id = ? RETURNING exif',
      )
      .pluck(),
    saveInfo: db.prepare(
      `INSERT OR REPLACE INTO media_info (image_id, doc, folder_id, modified, created, bytes, media, width, height,
        fingerprint, seed, seed_text, steps, cfg_scale, generator, sidecar, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    placeOf: db.prepare<[number], Place>('SELECT doc, modified FROM media_info WHERE image_id = ?'),
    // One statement for all, since the way into SQLite costs as much as a row of this size.
    addTags: db.prepare('INSERT INTO image_tag (image_id, tag_id) SELECT ?, value FROM json_each(?)'),
    addTag: db.prepare('INSERT OR IGNORE INTO image_tag (image_id, tag_id) VALUES (?, ?)'),
    tagsOf: db.prepare<[number], { id: number; type: string | null }>(
      'SELECT t.tag_id AS id, g.type FROM image_tag t LEFT JOIN tag g ON g.id = t.tag_id WHERE t.image_id = ?',
    ),
    dropTag: db.prepare('DELETE FROM image_tag WHERE image_id = ? AND tag_id = ?'),
    relocateImage: db
      .prepare<[string, number], string | null>('UPDATE image SET path = ? WHERE id = ? RETURNING exif')
      .pluck(),
    relocateInfo: db.prepare('UPDATE media_info SET folder_id = ?, name = ? WHERE image_id = ?'),
    rewriteText: db
      .prepare<[string, number], string>(
        'UPDATE image SET exif = ?, exif_edited = 1 WHERE id = ? RETURNING path',
      )
      .pluck(),
    drops: [
      'image_tag',
      'media_info',
      'image_embedding',
      'image_embedding_fail',
      'embedding',
      'image_mark',
      'auto_tag_hit',
      'perceptual_hash',
    ]
      .map((table) => db.prepare(`DELETE FROM ${table} WHERE image_id = ?`))
      .concat(db.prepare('DELETE FROM image WHERE id = ?')),
  };
}

interface Place {
  readonly doc: number;
  readonly modified: number;
}

/** Writes images with everything that hangs on them; only ever called inside a transaction. */
export function createImageWriter({ db, names, documents, counts, changes }: ImageWriterParts) {
  const sql = prepareStatements(db);
  const lost = createLostMarks({ db, names, counts });

  /** Tells the log that an image is found under this path from now on, or that it changed where it is. */
  function noticeChange(imageId: number, path: string): void {
    if (!changes.isFollowed) return;
    const before = sql.pathOf.get(imageId);
    if (before === undefined || before === path) changes.image('changed', path);
    else changes.moved(before, path);
  }

  /** Keeps the custom tags of an image, replaces the automatic ones, and gives all of them. */
  function replaceAutomaticTags(imageId: number, tagIds: readonly number[]): number[] {
    const automatic = new Set(tagIds);
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
  function addFirstTags(imageId: number, tagIds: readonly number[]): void {
    // In the order of the table SQLite need not look for the place of each.
    const ordered = [...tagIds].sort((a, b) => a - b);
    sql.addTags.run(imageId, `[${ordered.join(',')}]`);
    for (const id of tagIds) counts.change(id, 1);
  }

  /** Numbers the image's document; one whose time stayed the same keeps its number. */
  function placeDocument(document: SearchDocument, previous: Place | undefined): number {
    if (previous === undefined) return documents.append(document);
    if (previous.modified !== document.modified) {
      documents.remove(previous.doc);
      return documents.append(document);
    }
    documents.rewrite(previous.doc, document);
    return previous.doc;
  }

  function saveDocument(file: ScannedFile, document: SearchDocument, previous?: Place): void {
    const { imageId } = document;
    const doc = placeDocument(document, previous);
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
      file.sidecar ?? 0,
      nameKey(file.path),
    );
  }

  return {
    /** The row that holds this path already, if one does. */
    idOf: (path: string): number | undefined => sql.findId.get(path),

    has: (imageId: number): boolean => sql.pathOf.get(imageId) !== undefined,

    /** With ids of which none occurs twice. */
    add(file: ScannedFile, automatic: readonly number[]): number {
      const { path, bytes, modified } = file;
      const imageId = Number(sql.addImage.run(path, file.text, bytes, localDate(modified)).lastInsertRowid);
      counts.changeImages(1);
      addFirstTags(imageId, automatic);
      const restored = lost.restore(imageId, file);
      const tagIds = restored.length === 0 ? automatic : [...automatic, ...restored];
      saveDocument(file, { imageId, modified, source: file, tagIds });
      changes.image('added', path);
      return imageId;
    },

    change(imageId: number, file: ScannedFile, automatic: readonly number[]): void {
      const { path, bytes, modified } = file;
      noticeChange(imageId, path);
      const text = sql.changeImage.get(path, file.text, bytes, localDate(modified), imageId) ?? '';
      const tagIds = replaceAutomaticTags(imageId, automatic);
      saveDocument(file, { imageId, modified, source: { path, text }, tagIds }, sql.placeOf.get(imageId));
    },

    /** Puts an image under another path, with nothing else changed. */
    relocate(imageId: number, path: string, folder: string): void {
      noticeChange(imageId, path);
      const text = sql.relocateImage.get(path, imageId) ?? '';
      sql.relocateInfo.run(names.folder(folder), nameKey(path), imageId);
      const place = sql.placeOf.get(imageId);
      if (place === undefined) return;
      const tagIds = sql.tagsOf.all(imageId).map(({ id }) => id);
      documents.rewrite(place.doc, { imageId, modified: place.modified, source: { path, text }, tagIds });
    },

    /** Stores a text that the owner wrote; files no longer change it. */
    rewriteText(imageId: number, text: string, automatic: readonly number[]): void {
      const path = sql.rewriteText.get(text, imageId) ?? '';
      changes.image('changed', path);
      const place = sql.placeOf.get(imageId);
      const tagIds = replaceAutomaticTags(imageId, automatic);
      if (place !== undefined) {
        documents.rewrite(place.doc, { imageId, modified: place.modified, source: { path, text }, tagIds });
      }
    },

    remove(imageId: number): void {
      if (changes.isFollowed) changes.image('removed', sql.pathOf.get(imageId) ?? '');
      lost.keep(imageId);
      counts.changeImages(-1);
      for (const { id } of sql.tagsOf.all(imageId)) counts.change(id, -1);
      const place = sql.placeOf.get(imageId);
      if (place !== undefined) documents.remove(place.doc);
      for (const drop of sql.drops) drop.run(imageId);
    },
  };
}
