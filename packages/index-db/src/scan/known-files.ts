import type { Sqlite } from '../store/sqlite.ts';
import { folderRange } from '../search/folder-range.ts';

export interface KnownFile {
  readonly id: number;
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
  readonly fingerprint: number | null;
  readonly sidecar: number | null;
}

export interface KnownFolder {
  readonly id: number;
  readonly path: string;
  readonly modified: number | null;
  readonly manifest: number | null;
}

export interface KnownFailure {
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
  readonly reason: string;
}

/** What the index knows of the tree that is about to be scanned. */
export function createKnownFiles(db: Sqlite) {
  const filesOf = db.prepare<[number], KnownFile>(`
    SELECT i.id, i.path, m.bytes, m.modified, m.fingerprint, m.sidecar
    FROM media_info m JOIN image i ON i.id = m.image_id WHERE m.folder_id = ?`);
  const failuresOf = db.prepare<[number], KnownFailure>(
    'SELECT path, bytes, modified, reason FROM scan_failure WHERE folder_id = ?',
  );
  const foldersUnder = db.prepare<[string, string, string], KnownFolder>(
    'SELECT id, path, modified, manifest FROM folders WHERE path = ? OR (path >= ? AND path < ?)',
  );
  return {
    filesOf: (folderId: number): KnownFile[] => filesOf.all(folderId),
    failuresOf: (folderId: number): KnownFailure[] => failuresOf.all(folderId),
    foldersUnder: (root: string): KnownFolder[] => {
      const { from, to } = folderRange(root);
      return foldersUnder.all(root, from, to);
    },
  };
}
export type KnownFiles = ReturnType<typeof createKnownFiles>;
