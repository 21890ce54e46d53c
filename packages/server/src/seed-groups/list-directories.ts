import path from 'node:path';

import type { BaseDirectory } from './base-directory.ts';
import { readDirectory, type NamedImage } from './read-directory.ts';
import { inParts } from './seeded-images.ts';

/** How many directories are counted together. */
const DIRECTORIES_AT_ONCE = 8;

/** How many images of each extension a directory holds. */
export interface DirectoryCounts {
  readonly imageCount: number;
  readonly byExtension: Readonly<Record<string, number>>;
}

export interface ListedDirectory extends DirectoryCounts {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** A directory and those in it, by name. */
export async function listDirectories(
  directory: string,
  base: BaseDirectory,
  signal: AbortSignal,
): Promise<DirectoryCounts & { readonly path: string; readonly directories: readonly ListedDirectory[] }> {
  const folder = await base.locate(directory);
  const { images, folders } = await readDirectory(folder, directory);
  const directories = await inParts(folders, DIRECTORIES_AT_ONCE, async (name) => {
    signal.throwIfAborted();
    const inside = await base.locate(base.relative(path.join(folder.path, name))).catch(() => undefined);
    // What vanished, cannot be read, or is a link that leads out.
    const read = inside === undefined ? undefined : await readDirectory(inside, name).catch(() => undefined);
    return inside === undefined || read === undefined
      ? []
      : [{ name, path: inside.path, ...countImages(read.images) }];
  });
  return {
    path: folder.path,
    ...countImages(images),
    directories: directories.flat().sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function countImages(images: readonly NamedImage[]): DirectoryCounts {
  const counts = new Map<string, number>();
  for (const { name } of images) {
    const extension = path.extname(name).toLowerCase();
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  return {
    imageCount: images.length,
    byExtension: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
