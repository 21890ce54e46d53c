import type { FolderState, ScannedBatch, ScannedFile } from '../scan/scanned-file.ts';
import { applyRules, type RuledImage } from './auto-tags.ts';
import { localDate } from './local-date.ts';
import type { WriterStore } from './writer-store.ts';

interface Placed {
  readonly file: ScannedFile;
  readonly knownId: number | undefined;
}

/** In the order that full-text documents must have: by time, then by id, where new ids come last. */
function inDocumentOrder(store: WriterStore, files: readonly ScannedFile[]): Placed[] {
  return files
    .map((file) => ({ file, knownId: store.images.idOf(file.path) ?? file.id }))
    .sort(
      (a, b) => a.file.modified - b.file.modified || (a.knownId ?? Infinity) - (b.knownId ?? Infinity) || 0,
    );
}

function applyRulesTo(store: WriterStore, imageIds: readonly number[]): void {
  if (store.db.prepare('SELECT 1 FROM auto_tag_rule LIMIT 1').get() === undefined) return;
  const find = store.db.prepare<[number], RuledImage>(
    `SELECT i.id, i.path, coalesce(i.exif, '') AS text, m.doc FROM image i JOIN media_info m ON m.image_id = i.id
     WHERE i.id = ?`,
  );
  applyRules(
    store,
    imageIds.flatMap((id) => find.get(id) ?? []),
  );
}

/** Writes what was scanned, in one transaction. */
export function writeBatch(store: WriterStore, batch: ScannedBatch): void {
  const { db, images, names } = store;
  const saveFailure = db.prepare('INSERT OR REPLACE INTO scan_failure VALUES (?, ?, ?, ?, ?, ?)');
  const forgetFailure = db.prepare('DELETE FROM scan_failure WHERE path = ?');
  const anyFailures = db.prepare('SELECT 1 FROM scan_failure LIMIT 1').pluck();
  store.bulkTransaction(() => {
    const written: number[] = [];
    const tagIds = batch.tags.map((tag) => names.tag(tag));
    // Names that differ in halves of characters alone are one in the database.
    const areDistinct = new Set(tagIds).size === tagIds.length;
    const mayHaveFailed = anyFailures.get() !== undefined;
    for (const { file, knownId } of inDocumentOrder(store, batch.files)) {
      const all = file.tags.map((position) => tagIds[position] ?? 0);
      const ids = areDistinct ? all : [...new Set(all)];
      if (knownId === undefined) written.push(images.add(file, ids));
      else {
        images.change(knownId, file, ids);
        written.push(knownId);
      }
      if (mayHaveFailed) forgetFailure.run(file.path);
    }
    applyRulesTo(store, written);
    for (const { path, folder, bytes, modified, reason, message } of batch.failures) {
      saveFailure.run(path, names.folder(folder), bytes, modified, reason, message);
    }
  });
}

/** Forgets images and failures whose files are gone. */
export function removeMissing(
  store: WriterStore,
  missing: { readonly images: readonly number[]; readonly failures: readonly string[] },
): void {
  const forgetFailure = store.db.prepare('DELETE FROM scan_failure WHERE path = ?');
  store.bulkTransaction(() => {
    for (const id of missing.images) store.images.remove(id);
    for (const path of missing.failures) forgetFailure.run(path);
  });
}

/** Remembers folders as fully indexed, and forgets those that are gone. */
export function saveFolders(
  store: WriterStore,
  folders: { readonly indexed: readonly FolderState[]; readonly gone: readonly number[] },
): void {
  const save = store.db.prepare(
    'UPDATE folders SET modified_date = ?, modified = ?, manifest = ? WHERE id = ?',
  );
  const forget = store.db.prepare('DELETE FROM folders WHERE id = ?');
  store.bulkTransaction(() => {
    for (const { path, modified, manifest } of folders.indexed) {
      save.run(localDate(modified), modified, manifest, store.names.folder(path));
    }
    for (const id of folders.gone) forget.run(id);
    if (folders.gone.length > 0) store.names.clear();
  });
}
