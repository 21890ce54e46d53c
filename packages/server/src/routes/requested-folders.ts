import { stat } from 'node:fs/promises';

import { systemPath } from '@iib-kit/catalog';

import type { RequestContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import { text } from '../ports/text.ts';

/**
 * The folders that a request names, absolute, each once, in order; those of the library that may be seen where it names
 * none. Throws `HttpError` 403 for one outside the roots, 404 for one that is not there, 400 for a file.
 */
export async function requestedFolders(
  { folder, folder_paths }: { folder?: string | undefined; folder_paths: readonly string[] },
  { access, library }: Pick<RequestContext, 'access' | 'library'>,
): Promise<readonly string[]> {
  const named = folder === undefined ? folder_paths : [folder, ...folder_paths];
  if (named.length === 0) return library.folders().filter((root) => access.contains(root));
  const unavailable = await library.unavailable();
  const folders: string[] = [];
  for (const name of named) {
    const allowed = await access.checkSpelled(name);
    // Images on a drive that is not plugged in are in the index all the same.
    if (!unavailable.includes(allowed.path)) await checkFolder(allowed.realPath, name);
    folders.push(allowed.path);
  }
  return [...new Set(folders)].sort();
}

async function checkFolder(realPath: string, name: string): Promise<void> {
  const stats = await stat(systemPath(realPath)).catch(() => undefined);
  const shown = JSON.stringify(name.slice(0, 300));
  if (stats === undefined) throw new HttpError(404, text(`${shown} is not there`, `${shown} 不存在`));
  if (!stats.isDirectory()) throw new HttpError(400, text(`${shown} is not a folder`, `${shown} 不是文件夹`));
}
