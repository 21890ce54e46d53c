import type { Stats } from 'node:fs';
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import { spellPath, systemPath } from '@iib-kit/catalog';
import { type Confinement, makeFolders } from '@iib-kit/files';

import { isWithin, spelledPath, type AllowedPath, type PathAccess } from '../../access/path-access.ts';
import { errorCode } from '../../ports/error-code.ts';
import { Refusal } from '../../ports/refusal.ts';
import { fileFailure, naming } from '../disk/file-failure.ts';
import { isOwnPath } from '../disk/own-names.ts';

/** A file, link or folder that a request may change. */
export interface CheckedEntry {
  /** Absolute, as the index knows it. */
  readonly path: string;
  /** With links in its folder resolved, where that differs. */
  readonly alias: string | undefined;
  /** Of a link, of the link itself. */
  readonly stats: Stats;
}

/** Checks of the paths in one request; the folders they lie in are looked at once. */
export interface EntryChecks {
  /** Throws a `Refusal` 404 for what is not there, 403 and 400 for what may not be changed. */
  entry(untrusted: string): Promise<CheckedEntry>;
  /** Whether what has the name of a sidecar is one: a file, or a link that may be moved to a file that may be seen. */
  isSidecar(absolute: string): Promise<boolean>;
  /** A folder that something goes into; made with its parents where that is asked for. */
  destination(untrusted: string, options: { create: boolean }): Promise<AllowedPath>;
}

export function createEntryChecks(access: PathAccess, libraryFolders: readonly string[]): EntryChecks {
  const parents = new Map<string, Promise<AllowedPath>>();
  const realLibrary = Promise.all(
    libraryFolders.map((folder) => realPathOf(folder).catch(() => path.resolve(folder))),
  );

  /** The link itself lies in its folder, wherever it leads. */
  function checkParent(absolute: string): Promise<AllowedPath> {
    const parent = path.dirname(absolute);
    const known = parents.get(parent) ?? access.checkSpelled(parent);
    parents.set(parent, known);
    return known;
  }

  async function entry(untrusted: string): Promise<CheckedEntry> {
    refuseOwn(untrusted);
    const absolute = spelledPath(untrusted);
    if (libraryFolders.some((folder) => isWithin(path.resolve(folder), absolute)))
      throw new Refusal('library-folder', { path: absolute });
    const parent = await checkParent(absolute);
    const stats = await naming(absolute, () => lstat(systemPath(absolute)));
    if (stats.isSymbolicLink()) await access.checkSpelled(absolute);
    else if (!stats.isFile() && !stats.isDirectory()) {
      throw new Refusal('neither-file-nor-folder', { path: untrusted });
    }
    const real = path.join(parent.realPath, path.basename(absolute));
    if (stats.isDirectory() && (await realLibrary).some((folder) => isWithin(folder, real))) {
      throw new Refusal('library-folder', { path: absolute });
    }
    return { path: absolute, alias: real === absolute ? undefined : real, stats };
  }

  async function isSidecar(absolute: string): Promise<boolean> {
    const stats = await lstat(systemPath(absolute)).catch(() => undefined);
    if (stats?.isSymbolicLink() !== true) return stats?.isFile() === true;
    try {
      const [{ realPath }, target] = await Promise.all([
        access.checkSpelled(absolute),
        readlink(systemPath(absolute)),
      ]);
      return path.isAbsolute(target) && (await stat(systemPath(realPath))).isFile();
    } catch {
      return false;
    }
  }

  return {
    entry,
    isSidecar,
    async destination(untrusted, { create }) {
      refuseOwn(untrusted);
      const folder = await access.checkSpelled(untrusted);
      if (create) await makeFolder(folder.path, folder.within);
      const stats = await naming(untrusted, () => stat(systemPath(folder.path)));
      if (!stats.isDirectory()) throw new Refusal('not-a-folder', { path: untrusted });
      return folder;
    },
  };
}

/** Makes a folder with its parents, where it is not there. */
export async function makeFolder(folder: string, within: Confinement | undefined): Promise<void> {
  try {
    (await makeFolders(folder, { within })).close();
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'not-a-folder' || code === 'ENOTDIR') {
      throw new Refusal('file-in-the-way', { path: folder }, { cause });
    }
    throw fileFailure(cause, folder);
  }
}

/** Throws a `Refusal` 400 for a link that would lead elsewhere from another folder. */
export async function refuseRelativeLink({ path: link, stats }: CheckedEntry): Promise<void> {
  if (!stats.isSymbolicLink() || path.isAbsolute(await readlink(systemPath(link)))) return;
  throw new Refusal('relative-link', { path: link });
}

/** Throws what the file system throws. */
async function realPathOf(folder: string): Promise<string> {
  return spellPath(await realpath(systemPath(folder), 'buffer'));
}

function refuseOwn(untrusted: string): void {
  // NUL ends a name for the system; the access check has the words for it.
  if (!untrusted.includes('\0') && isOwnPath(path.resolve(untrusted))) {
    throw new Refusal('own-path', { path: untrusted });
  }
}
