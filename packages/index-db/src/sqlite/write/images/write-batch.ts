import type { FolderState, MissingRow, ScannedBatch, ScannedFile } from '@iib-kit/catalog/scan';
import { folderOf, localDate } from '@iib-kit/catalog/text';
import { applyRulesTo } from '../tags/auto-tags.ts';
import type { InFlightMoves } from './in-flight-moves.ts';
import type { WriterStore } from '../writer-store.ts';

interface Placed {
  readonly file: ScannedFile;
  readonly knownId: number | undefined;
}

/** The row that a file has by its path, or had under another. */
function rowOf({ images, moves }: WriterStore, { path, id }: ScannedFile): number | undefined {
  const found = images.idOf(path);
  // Read meanwhile, while the scan took it for one that is gone elsewhere: the next one looks there again.
  const gone = found === undefined || id === undefined || found === id ? undefined : images.pathOf(id);
  if (gone !== undefined) moves.noteUnsettled(folderOf(gone));
  if (found !== undefined || id === undefined) return found;
  return moves.mayBeFound(id) && images.has(id) ? id : undefined;
}

/** In the order that full-text documents must have: by time, then by id, where new ids come last. */
function inDocumentOrder(store: WriterStore, files: readonly ScannedFile[]): Placed[] {
  return files
    .map((file) => ({ file, knownId: rowOf(store, file) }))
    .sort(
      (a, b) => a.file.modified - b.file.modified || (a.knownId ?? Infinity) - (b.knownId ?? Infinity) || 0,
    );
}

/** Writes what was scanned, in one transaction, but for what callers took away since it was read. */
export function writeBatch(
  store: WriterStore,
  batch: ScannedBatch,
  seen: Pick<InFlightMoves, 'wasLeft'> = store.moves,
): void {
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
      if (knownId === undefined && seen.wasLeft(file.path)) continue;
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
      if (seen.wasLeft(path)) continue;
      saveFailure.run(path, names.folder(folder), bytes, modified, reason, message);
    }
  });
}

/**
 * Forgets images and failures whose files are gone, but for what callers are moving or have told of meanwhile. Says how
 * many images.
 */
export function removeMissing(
  store: WriterStore,
  missing: { readonly images: readonly MissingRow[]; readonly failures: readonly string[] },
): number {
  const forgetFailure = store.db.prepare('DELETE FROM scan_failure WHERE path = ?');
  return store.bulkTransaction(() => {
    const gone = missing.images.filter(({ id, path }) => store.moves.mayBeMissing(id, path));
    for (const { id } of gone) store.images.remove(id);
    for (const path of missing.failures) forgetFailure.run(path);
    return gone.length;
  });
}

/** Remembers folders as fully indexed, and forgets those that are gone. */
export function saveFolders(
  store: WriterStore,
  folders: { readonly indexed: readonly FolderState[]; readonly gone: readonly MissingRow[] },
): void {
  const save = store.db.prepare(
    'UPDATE folders SET modified_date = ?, modified = ?, manifest = ?, mount = ? WHERE id = ?',
  );
  // Since the scan looked, it may have been given another path, or images.
  const forget = store.db.prepare(
    `DELETE FROM folders
     WHERE id = ? AND path = ? AND NOT EXISTS (SELECT 1 FROM media_info WHERE folder_id = folders.id)`,
  );
  store.bulkTransaction(() => {
    for (const { path, modified, manifest, isMountPoint } of folders.indexed) {
      if (store.moves.wasLeft(path)) continue;
      const settled = store.moves.isUnsettled(path) ? null : manifest;
      save.run(localDate(modified), modified, settled, Number(isMountPoint), store.names.folder(path));
    }
    for (const { id, path } of folders.gone) forget.run(id, path);
    if (folders.gone.length > 0) store.names.clear();
  });
}
