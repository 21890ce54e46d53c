import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { mediaKind } from './media-kind.ts';

/**
 * Gives the files among `paths` as they are, and of folders every image and video below them but for what is excluded.
 * Links to folders are not followed, so that a loop of them ends.
 */
export async function* walkMedia(
  paths: readonly string[],
  excludes: (path: string) => boolean = () => false,
): AsyncGenerator<string> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) yield* walkFolder(path, excludes);
    else yield path;
  }
}

async function* walkFolder(folder: string, excludes: (path: string) => boolean): AsyncGenerator<string> {
  const folders: string[] = [];
  // A folder that cannot be read is passed over, as one that is empty.
  const entries = await opendir(folder).catch(() => undefined);
  for await (const entry of entries ?? []) {
    const path = join(folder, entry.name);
    if (excludes(path)) continue;
    if (entry.isDirectory()) folders.push(path);
    else if (mediaKind(entry.name)) yield path;
  }
  for (const inner of folders) yield* walkFolder(inner, excludes);
}
