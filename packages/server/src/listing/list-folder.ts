import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import { spellPath, systemPath } from '@iib-kit/catalog';

import type { AllowedPath, PathAccess } from '../access/path-access.ts';
import { errorCode } from '../ports/error-code.ts';
import { isOwnName } from '../files/disk/own-names.ts';
import { Refusal } from '../ports/refusal.ts';
import type { Library } from '../library/library.ts';
import { entryInfoOf, type DescribeEntry, type EntryInfo } from './entry-info.ts';
import type { FolderLister } from './folder-lister.ts';
import { entryKinds, type FolderPart } from './folder-part.ts';

export interface ListingContext {
  readonly access: PathAccess;
  readonly library: Library;
  readonly lister: FolderLister;
}

/** The entries of a folder that callers may see; none of a folder that is not there. */
export async function listFolder<Description>(
  folder: AllowedPath & { readonly inside: boolean },
  context: ListingContext,
  describe: DescribeEntry<Description>,
): Promise<Description[]> {
  const { access, library, lister } = context;
  const isScanned = library.contains(folder.path);
  // A link in a root that leads to one of its ancestors shows no more than the ancestor does.
  const place = access.contains(folder.path) ? folder.realPath : folder.path;
  const files: Description[] = [];
  for await (const part of partsOf(folder.path, lister)) {
    for (const [position, name] of part.names.entries()) {
      const fullpath = path.join(folder.path, name);
      if (isOwnName(name) || (!folder.inside && !access.leadsToRoot(path.join(place, name)))) continue;
      const isUnderScanned = isScanned || library.contains(fullpath);
      const info =
        part.kinds[position] === entryKinds.link
          ? await linkInfo(fullpath, access)
          : entryInfo(part, position);
      if (info !== undefined) files.push(describe(fullpath, info, isUnderScanned));
    }
  }
  return files;
}

/** The parts of a folder; failures are refusals that name it. */
export async function* partsOf(folder: string, lister: FolderLister): AsyncGenerator<FolderPart> {
  try {
    yield* lister.list(folder);
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'ENOENT') return;
    if (code === 'ENOTDIR') throw new Refusal('not-a-folder', { path: folder }, { cause });
    if (code === 'EACCES' || code === 'EPERM') {
      throw new Refusal('folder-unreadable', { path: folder }, { cause });
    }
    throw cause;
  }
}

export function entryInfo(part: FolderPart, position: number): EntryInfo {
  return {
    isFolder: part.kinds[position] === entryKinds.folder,
    bytes: part.bytes[position] ?? 0,
    modifiedMs: part.modified[position] ?? 0,
    createdMs: part.created[position] ?? 0,
  };
}

/** What a link leads to; undefined where that is nothing, or nothing that callers may see. */
async function linkInfo(link: string, access: PathAccess): Promise<EntryInfo | undefined> {
  try {
    await access.checkListing(spellPath(await realpath(systemPath(link), 'buffer')));
    const stats = await stat(systemPath(link));
    return stats.isFile() || stats.isDirectory() ? entryInfoOf(stats) : undefined;
  } catch {
    return undefined;
  }
}
