import type { KnownFailure, KnownFile, KnownFiles, KnownFolder } from '@iib-kit/catalog/scan';
import { folderRange } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';

/** What the database knows of the tree that is about to be scanned. */
export function createKnownFiles(db: Sqlite): KnownFiles {
  const filesOf = db.prepare<[number], KnownFile>(`
    SELECT i.id, i.path, m.bytes, m.modified, m.fingerprint, m.sidecar
    FROM media_info m JOIN image i ON i.id = m.image_id WHERE m.folder_id = ?`);
  const filesLike = db.prepare<[number, number], KnownFile>(`
    SELECT i.id, i.path, m.bytes, m.modified, m.fingerprint, m.sidecar
    FROM media_info m JOIN image i ON i.id = m.image_id WHERE m.modified = ? AND m.bytes = ?`);
  const failuresOf = db.prepare<[number], KnownFailure>(
    'SELECT path, bytes, modified, reason FROM scan_failure WHERE folder_id = ?',
  );
  const foldersUnder = db.prepare<
    [string, string, string],
    Omit<KnownFolder, 'isMountPoint'> & { readonly mount: number | null }
  >('SELECT id, path, modified, manifest, mount FROM folders WHERE path = ? OR (path >= ? AND path < ?)');
  return {
    filesOf: (folderId: number) => filesOf.all(folderId),
    filesLike: ({ bytes, modified }) => filesLike.all(modified, bytes),
    failuresOf: (folderId: number) => failuresOf.all(folderId),
    foldersUnder: (root: string) => {
      const { from, to } = folderRange(root);
      return foldersUnder
        .all(root, from, to)
        .map(({ mount, ...folder }) => ({ ...folder, isMountPoint: mount === 1 }));
    },
  };
}
