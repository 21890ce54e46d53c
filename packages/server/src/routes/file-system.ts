import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import type { api, FileInfo, Handlers } from '@iib-kit/contract';

import type { RequestContext } from '../context.ts';
import { errorCode } from '../error-code.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import { statInfo } from './file-infos.ts';

/** How many files are looked at together; more would only queue in the thread pool. */
const STATS_AT_ONCE = 64;

export const fileSystem: Handlers<typeof api, RequestContext, Reply>['fileSystem'] = {
  async list({ folder_path }, { access, library }) {
    const folder = await access.checkListing(folder_path);
    const entries = await readFolder(folder.path);
    const files: FileInfo[] = [];
    for (let start = 0; start < entries.length; start += STATS_AT_ONCE) {
      const infos = await Promise.all(
        entries.slice(start, start + STATS_AT_ONCE).map(async (entry) => {
          const fullpath = path.join(folder.path, entry.name);
          if (!folder.inside && !access.leadsToRoot(fullpath)) return undefined;
          if (entry.isSymbolicLink() && !(await isLinkAllowed(fullpath, access))) return undefined;
          return describe(fullpath, library.contains(fullpath));
        }),
      );
      for (const info of infos) if (info !== undefined) files.push(info);
    }
    return { files };
  },
};

async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new HttpError(400, `${JSON.stringify(folder)} is not a folder`, { cause });
    if (code === 'EACCES' || code === 'EPERM') {
      throw new HttpError(403, `${JSON.stringify(folder)} cannot be read by the server`, { cause });
    }
    throw cause;
  }
}

async function isLinkAllowed(link: string, access: RequestContext['access']): Promise<boolean> {
  const target = await realpath(link).catch(() => undefined);
  if (target === undefined) return false;
  return access.checkListing(target).then(
    () => true,
    () => false,
  );
}

/** Undefined for what vanished in between, cannot be looked at, or is neither file nor folder. */
async function describe(fullpath: string, isScanned: boolean): Promise<FileInfo | undefined> {
  const stats = await stat(fullpath).catch(() => undefined);
  if (stats === undefined || !(stats.isFile() || stats.isDirectory())) return undefined;
  return statInfo(fullpath, stats, isScanned);
}
