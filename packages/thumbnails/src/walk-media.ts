import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { spellPath, systemPath } from '@iib-kit/files';

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
    const found = await stat(systemPath(path)).catch(() => undefined);
    if (found?.isDirectory()) yield* walkFolder(path, excludes);
    else yield path;
  }
}

async function* walkFolder(folder: string, excludes: (path: string) => boolean): AsyncGenerator<string> {
  const folders: string[] = [];
  // A folder that cannot be read is passed over, as one that is empty.
  // As bytes: a name need not be UTF-8. Node types its names as text whatever they come as.
  const entries = await opendir(systemPath(folder), { encoding: 'buffer' as BufferEncoding }).catch(
    () => undefined,
  );
  for await (const entry of entries ?? []) {
    const name = spellPath(Buffer.from(entry.name));
    const path = join(folder, name);
    if (excludes(path)) continue;
    if (entry.isDirectory()) folders.push(path);
    else if (mediaKind(name)) yield path;
  }
  for (const inner of folders) yield* walkFolder(inner, excludes);
}
