import { readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** A file in a folder of the cache. */
export interface CachedFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
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

async function fileAt(path: string): Promise<CachedFile | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && { path, bytes: found.size, usedMs: found.atimeMs };
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
