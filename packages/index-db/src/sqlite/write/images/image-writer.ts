import type { ScannedFile } from '@iib-kit/catalog/scan';
import { localDate, nameKey } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import { prepareDetach } from '../../tables/image-tables.ts';
import type { NameIds } from '../../tables/name-ids.ts';
import type { SearchDocuments } from '../../tables/search-documents.ts';
import type { TagCounts } from '../../tables/tag-counts.ts';
import type { ChangeLog } from '../change-log.ts';
import { createImageDocuments } from './image-documents.ts';
import { createImageTags } from './image-tags.ts';
import { type Annotations, createOrphanedAnnotations } from './orphaned-annotations.ts';
import { createOwnTexts } from './own-texts.ts';

/** What the writing of images needs from the rest of the store. */
export interface ImageWriterParts {
  readonly db: Sqlite;
  readonly names: NameIds;
  readonly documents: SearchDocuments;
  readonly counts: TagCounts;
  readonly changes: ChangeLog;
}

function prepareStatements(db: Sqlite) {
  return {
    pathOf: db.prepare<[number], string>('SELECT path FROM image WHERE id = ?').pluck(),
    findId: db.prepare<[string], number>('SELECT id FROM image WHERE path = ?').pluck(),
    add: db.prepare('INSERT INTO image (path, exif, exif_edited, size, date) VALUES (?, ?, ?, ?, ?)'),
    ownText: db
      .prepare<[number], string>(`SELECT coalesce(exif, '') FROM image WHERE id = ? AND exif_edited <> 0`)
      .pluck(),
    change: db.prepare('UPDATE image SET path = ?, exif = ?, size = ?, date = ? WHERE id = ?'),
    relocate: db
      .prepare<[string, number], string | null>('UPDATE image SET path = ? WHERE id = ? RETURNING exif')
      .pluck(),
    park: db.prepare(`UPDATE image SET path = char(1) || id WHERE id = ?`),
    relocateInfo: db.prepare('UPDATE media_info SET folder_id = ?, name = ? WHERE image_id = ?'),
    remove: db.prepare('DELETE FROM image WHERE id = ?'),
  };
}

function pathLookups(sql: Pick<ReturnType<typeof prepareStatements>, 'findId' | 'pathOf' | 'park'>) {
  return {
    /** The row that holds this path already, if one does. */
    idOf: (path: string): number | undefined => sql.findId.get(path),
    pathOf: (imageId: number): string | undefined => sql.pathOf.get(imageId),
    has: (imageId: number): boolean => sql.pathOf.get(imageId) !== undefined,
    /** Takes an image from its path, within a transaction that gives it another; says from which. */
    park(imageId: number): string | undefined {
      const path = sql.pathOf.get(imageId);
      sql.park.run(imageId);
      return path;
    },
  };
}

/** Logs that an image is found under this path from now on, or that it changed where it is. */
function logChange(changes: ChangeLog, before: string | undefined, path: string): void {
  if (before === undefined || before === path) changes.image('changed', path);
  else changes.moved(before, path);
}

/** Gives a new image what was said of it before; returns the tags that it did not have. */
function annotationGiver(db: Sqlite, tags: ReturnType<typeof createImageTags>) {
  const mark = db.prepare('INSERT INTO image_mark (image_id, rating, note) VALUES (?, ?, ?)');
  return (imageId: number, { rating, note, tagIds }: Annotations): number[] => {
    if (rating !== 0 || note !== '') mark.run(imageId, rating, note);
    return tags.addCustom(imageId, tagIds);
  };
}

interface TextParts extends Pick<ImageWriterParts, 'db' | 'changes'> {
  readonly docs: ReturnType<typeof createImageDocuments>;
  readonly ownTexts: ReturnType<typeof createOwnTexts>;
}

/** Which text of an image counts. */
function textMethods({ db, changes, docs, ownTexts }: TextParts) {
  const rewrite = db
    .prepare<[string, number], string>(
      'UPDATE image SET exif = ?, exif_edited = 1 WHERE id = ? RETURNING path',
    )
    .pluck();
  const release = db
    .prepare<[number], string>(
      'UPDATE image SET exif_edited = 0 WHERE id = ? AND exif_edited <> 0 RETURNING path',
    )
    .pluck();
  // As of a file that was never read, in a folder that was never looked into.
  const forgetContent = db.prepare('UPDATE media_info SET fingerprint = NULL WHERE image_id = ?');
  const forgetFolder = db.prepare(
    'UPDATE folders SET manifest = NULL WHERE id = (SELECT folder_id FROM media_info WHERE image_id = ?)',
  );
  return {
    /** Stores a text that the user wrote; what is searched of the image follows from it, and files no longer change it. */
    rewriteText(imageId: number, text: string): void {
      const path = rewrite.get(text, imageId) ?? '';
      changes.image('changed', path);
      docs.rewrite({ imageId, source: { path, text }, tagIds: ownTexts.apply(imageId, text) });
    },
    /** Takes the text for that of the file, which is read again when somebody looks at it next. */
    releaseText(imageId: number): void {
      const path = release.get(imageId);
      if (path === undefined) return;
      forgetContent.run(imageId);
      forgetFolder.run(imageId);
      changes.image('changed', path);
    },
  };
}

/** Writes images with everything that hangs on them; only ever called inside a transaction. */
export function createImageWriter({ db, names, documents, counts, changes }: ImageWriterParts) {
  const sql = prepareStatements(db);
  const orphans = createOrphanedAnnotations(db);
  const ownTexts = createOwnTexts({ db, names, counts });
  const tags = createImageTags(db, counts);
  const docs = createImageDocuments(db, names, documents);
  const detach = prepareDetach(db);
  const giveBack = annotationGiver(db, tags);

  return {
    ...pathLookups(sql),
    ...textMethods({ db, changes, docs, ownTexts }),
    /** With ids of which none occurs twice. */
    add(file: ScannedFile, tagIds: readonly number[]): number {
      const { path, bytes, modified } = file;
      const orphan = orphans.take(file);
      const { source, numbers, automatic } = ownTexts.counting(file, tagIds, orphan?.text);
      const isOwn = Number(source !== file);
      const row = sql.add.run(path, source.text, isOwn, bytes, localDate(modified));
      const imageId = Number(row.lastInsertRowid);
      counts.changeImages(1);
      tags.addFirst(imageId, automatic);
      const all = orphan === undefined ? automatic : [...automatic, ...giveBack(imageId, orphan)];
      docs.add(file, numbers, { imageId, modified, source, tagIds: all });
      changes.image('added', path);
      return imageId;
    },
    change(imageId: number, file: ScannedFile, tagIds: readonly number[]): void {
      const { path, bytes, modified } = file;
      if (changes.isFollowed) logChange(changes, sql.pathOf.get(imageId), path);
      const { source, numbers, automatic } = ownTexts.counting(file, tagIds, sql.ownText.get(imageId));
      sql.change.run(path, source.text, bytes, localDate(modified), imageId);
      const all = tags.replaceAutomatic(imageId, automatic);
      docs.change(file, numbers, { imageId, modified, source, tagIds: all });
    },
    /** Puts an image under another path, with nothing else changed. `before` is its path unless it is parked. */
    relocate(imageId: number, path: string, folder: string, before = sql.pathOf.get(imageId)): void {
      if (changes.isFollowed) logChange(changes, before, path);
      const text = sql.relocate.get(path, imageId) ?? '';
      sql.relocateInfo.run(names.folder(folder), nameKey(path), imageId);
      docs.rewrite({ imageId, source: { path, text }, tagIds: tags.idsOf(imageId) });
    },
    /** `storedAt` is where its file lies from now on, if updates do not look there. */
    remove(imageId: number, storedAt?: string): void {
      if (changes.isFollowed) changes.image('removed', sql.pathOf.get(imageId) ?? '');
      orphans.keep(imageId, storedAt);
      counts.changeImages(-1);
      for (const id of tags.idsOf(imageId)) counts.change(id, -1);
      docs.remove(imageId);
      detach(imageId);
      sql.remove.run(imageId);
    },
  };
}
