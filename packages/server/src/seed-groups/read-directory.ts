import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import { isSupportedFile } from '@iib-kit/metadata';

import { isWithin, type AllowedPath } from '../access/path-access.ts';
import { errorCode } from '../ports/error-code.ts';
import { Refusal } from '../ports/refusal.ts';

export interface NamedImage {
  readonly name: string;
  readonly absolute: string;
  readonly realPath: string;
  readonly within: AllowedPath['within'];
}

export interface ReadDirectory {
  readonly images: readonly NamedImage[];
  /** Names of the directories in it. */
  readonly folders: readonly string[];
}

/** Images and directories in a directory; links count for what they lead to, unless that lies outside. */
export async function readDirectory(folder: AllowedPath, shown: string): Promise<ReadDirectory> {
  const images: NamedImage[] = [];
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(folder.realPath, { bufferSize: 1024 })) {
      const realPath = path.join(folder.realPath, entry.name);
      const kind = entry.isSymbolicLink() ? await kindOfLink(realPath, folder.realPath) : kindOf(entry);
      if (kind === 'folder') folders.push(entry.name);
      else if (kind === 'file' && isSupportedFile(entry.name)) {
        const absolute = path.join(folder.path, entry.name);
        images.push({ name: entry.name, absolute, realPath, within: folder.within });
      }
    }
  } catch (cause) {
    throw refusalOf(cause, shown);
  }
  return { images, folders };
}

function kindOf(entry: Dirent): 'file' | 'folder' | undefined {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : undefined;
}

/** Of links only those to files beside them count: any other may lead out or around. */
async function kindOfLink(link: string, folder: string): Promise<'file' | undefined> {
  const target = await realpath(link).catch(() => undefined);
  if (target === undefined || !isWithin(target, folder)) return undefined;
  const stats = await stat(target).catch(() => undefined);
  return stats?.isFile() === true ? 'file' : undefined;
}

function refusalOf(cause: unknown, path: string): unknown {
  switch (errorCode(cause)) {
    case 'ENOENT':
      return new Refusal('directory-entry-missing', { path }, { cause });
    case 'ENOTDIR':
      return new Refusal('not-a-directory', { path }, { cause });
    case 'EACCES':
    case 'EPERM':
      return new Refusal('unreadable', { path }, { cause });
    default:
      return cause;
  }
}
