import type { PathChange } from '@iib-kit/catalog';
import { folderOf, folderRange, trimFolder } from '@iib-kit/catalog/text';
import type { WriterStore } from '../writer-store.ts';

interface Located {
  readonly id: number;
  readonly path: string;
}

/** The image at this path and all below it. */
function imagesAt({ db }: WriterStore, path: string): Located[] {
  const { from, to } = folderRange(path);
  return db
    .prepare<[string, string, string], Located>(
      'SELECT id, path FROM image WHERE path = ? OR (path >= ? AND path < ?)',
    )
    .all(trimFolder(path), from, to);
}

/** Where what was at a path or below it is, now that `from` is at `to`. */
const pathAfter = (path: string, { from, to }: PathChange): string =>
  trimFolder(to) + path.slice(trimFolder(from).length);

function moveFolders({ db, names }: WriterStore, { from, to }: PathChange): void {
  const range = folderRange(from);
  const stem = trimFolder(from);
  const rows = db
    .prepare<[string, string, string], Located>(
      'SELECT id, path FROM folders WHERE path = ? OR (path >= ? AND path < ?)',
    )
    .all(stem, range.from, range.to);
  const rename = db.prepare('UPDATE folders SET path = ?, manifest = NULL WHERE id = ?');
  for (const { id, path } of rows) rename.run(trimFolder(to) + path.slice(stem.length), id);
  if (rows.length > 0) names.clear();
}

/** What is remembered of a folder no longer tells whether it changed, once rows of it came or went without a look. */
function forgetManifests({ db }: WriterStore, paths: readonly string[]): void {
  const forget = db.prepare('UPDATE folders SET manifest = NULL WHERE path = ?');
  for (const folder of new Set(paths.map((path) => folderOf(trimFolder(path))))) forget.run(folder);
}

/** Reserves paths for a caller that is about to change them; throws where the database could not be written afterwards. */
export function reservePaths({ db, moves }: WriterStore, paths: readonly string[]): void {
  db.transaction(() => {}).immediate();
  moves.reserve(paths);
}

/** Follows files and folders that were moved or renamed; what was indexed at their new path before is replaced. */
export function movePaths(store: WriterStore, changes: readonly PathChange[]): void {
  const awaitElsewhere = awaitedMover(store);
  store.bulkTransaction(() => {
    for (const { from, to } of changes) {
      awaitElsewhere({ from, to });
      const moved = imagesAt(store, from).map(({ id, path }) => ({
        id,
        path: pathAfter(path, { from, to }),
      }));
      moveFolders(store, { from, to });
      store.moves.noteLeft(from);
      for (const { id, path } of moved) {
        const replaced = store.images.idOf(path);
        if (replaced === id) continue;
        if (replaced !== undefined) {
          store.moves.noteRow(replaced);
          store.images.remove(replaced);
        }
        store.moves.noteRow(id);
        store.images.relocate(id, path, folderOf(path));
      }
    }
    forgetManifests(
      store,
      changes.flatMap(({ from, to }) => [from, to]),
    );
  });
}

/** Forgets files, and folders with all below them. */
export function removePaths(store: WriterStore, paths: readonly string[]): void {
  forget(
    store,
    paths.map((path) => ({ path })),
  );
}

/** The same for what was put where updates do not look; what is kept of it waits for it to come back from there. */
export function storePaths(store: WriterStore, changes: readonly PathChange[]): void {
  forget(
    store,
    changes.map(({ from, to }) => ({ path: from, storedAt: to })),
  );
}

/** Forgets what is kept of stored files that were deleted for good. */
export function forgetStored(store: WriterStore, paths: readonly string[]): void {
  const forgetAt = store.db.prepare(`DELETE FROM lost_mark WHERE ${awaitedAt}`);
  store.transaction(() => {
    for (const path of paths) {
      const { from, to } = folderRange(path);
      forgetAt.run(trimFolder(path), from, to);
    }
  });
}

/** Lets what is kept of stored files wait for them where they are now. */
export function returnPaths(store: WriterStore, changes: readonly PathChange[]): void {
  const awaitElsewhere = awaitedMover(store);
  store.bulkTransaction(() => {
    for (const change of changes) awaitElsewhere(change);
  });
}

const awaitedAt = 'awaited AND (path = ? OR (path >= ? AND path < ?))';

/** Moves what waits for files that came back and that nobody has read yet. */
function awaitedMover({ db }: WriterStore): (change: PathChange) => void {
  const waiting = db
    .prepare<[string, string, string], string>(`SELECT path FROM lost_mark WHERE ${awaitedAt}`)
    .pluck();
  const rename = db.prepare('UPDATE OR REPLACE lost_mark SET path = ? WHERE path = ?');
  return (change) => {
    const { from, to } = folderRange(change.from);
    for (const path of waiting.all(trimFolder(change.from), from, to))
      rename.run(pathAfter(path, change), path);
  };
}

interface ForgottenPath {
  readonly path: string;
  /** Where it is from now on. */
  readonly storedAt?: string;
}

function forget(store: WriterStore, forgotten: readonly ForgottenPath[]): void {
  const { db } = store;
  const awaitElsewhere = awaitedMover(store);
  const dropFolders = db.prepare('DELETE FROM folders WHERE path = ? OR (path >= ? AND path < ?)');
  // What came back and was never read is remembered by its content, as what was read is.
  const stopWaiting = db.prepare(`UPDATE lost_mark SET awaited = 0 WHERE ${awaitedAt}`);
  const dropFailures = db.prepare('DELETE FROM scan_failure WHERE path = ? OR (path >= ? AND path < ?)');
  store.bulkTransaction(() => {
    for (const { path, storedAt } of forgotten) {
      const { from, to } = folderRange(path);
      store.moves.noteLeft(path);
      for (const image of imagesAt(store, path)) {
        store.moves.noteRow(image.id);
        const place =
          storedAt === undefined ? undefined : pathAfter(image.path, { from: path, to: storedAt });
        store.images.remove(image.id, place);
      }
      if (storedAt === undefined) stopWaiting.run(trimFolder(path), from, to);
      else awaitElsewhere({ from: path, to: storedAt });
      dropFolders.run(trimFolder(path), from, to);
      dropFailures.run(trimFolder(path), from, to);
    }
    forgetManifests(
      store,
      forgotten.map(({ path }) => path),
    );
    store.names.clear();
  });
}
