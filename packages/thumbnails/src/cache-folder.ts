import { readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** A file in a folder of the cache. */
export interface CachedFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
  /** How many names it has, in whatever folders. */
  readonly names: number;
  /** The same for all names of a file. */
  readonly identity: string;
}

/** A file with all of its names. */
export interface NamedFile extends Pick<CachedFile, 'bytes' | 'usedMs'> {
  readonly paths: readonly string[];
}

// The host has four threads for files by default, and its own work goes first.
const statsAtOnce = 4;

/** Lists the files under a folder; files that vanish while it lists are left out, and a missing folder is empty. */
export async function listFiles(folder: string): Promise<CachedFile[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files: CachedFile[] = [];
  for (let start = 0; start < paths.length; start += statsAtOnce) {
    const some = await Promise.all(paths.slice(start, start + statsAtOnce).map(fileAt));
    files.push(...some.filter((file) => file !== undefined));
  }
  return files;
}

/** As `listFiles`, of several folders: a file is listed once, however many names it has in them. */
export async function listNamedFiles(folders: readonly string[]): Promise<NamedFile[]> {
  const files = new Map<string, NamedFile & { readonly paths: string[] }>();
  for (const folder of folders) {
    for (const { path, bytes, usedMs, identity } of await listFiles(folder)) {
      const known = files.get(identity);
      if (known === undefined) files.set(identity, { paths: [path], bytes, usedMs });
      else known.paths.push(path);
    }
  }
  return [...files.values()];
}

async function fileAt(path: string): Promise<CachedFile | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  const { size: bytes, atimeMs: usedMs, nlink: names, dev, ino } = found;
  // A file system without numbers has no second names either.
  return { path, bytes, usedMs, names, identity: ino === 0 ? path : `${dev}:${ino}` };
}

/** Removes a file; one that is gone already is no failure. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch(() => undefined);
}

/** Removes a folder at once for its readers, however many files it holds. */
export async function removeFolder(folder: string): Promise<void> {
  const aside = `${folder}-removed-${randomUUID()}`;
  try {
    await rename(folder, aside);
  } catch {
    return;
  }
  await rm(aside, { recursive: true, force: true });
}
