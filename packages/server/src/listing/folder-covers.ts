import { stat } from 'node:fs/promises';
import path from 'node:path';

import { systemPath } from '@iib-kit/catalog';
import { mediaKind } from '@iib-kit/metadata';
import { LRUCache } from 'lru-cache';

import type { AllowedPath } from '../access/path-access.ts';
import { Refusal } from '../ports/refusal.ts';
import type { EntryInfo } from './entry-info.ts';
import { entryKinds, type FolderPart } from './folder-part.ts';
import { entryInfo, partsOf, type ListingContext } from './list-folder.ts';

const COVERS = 4;

/** Folders whose covers are cached. */
const MAX_FOLDERS = 2000;

/** An image or video that stands for its folder. */
export interface Cover {
  readonly path: string;
  readonly info: EntryInfo;
  readonly mediaType: 'image' | 'video';
  readonly isUnderScannedPath: boolean;
}

interface CachedCovers {
  readonly modifiedMs: number;
  readonly covers: readonly Cover[];
}

/** Finds the newest images and videos of folders, and remembers them until the folder changes. */
export interface FolderCovers {
  /** Newest first; links are left out. None for what is not there, is no folder or cannot be read. */
  of(folder: AllowedPath): Promise<readonly Cover[]>;
}

export function createFolderCovers(context: ListingContext): FolderCovers {
  const cached = new LRUCache<string, CachedCovers>({ max: MAX_FOLDERS });
  return {
    async of(folder) {
      const stats = await stat(systemPath(folder.path)).catch(() => undefined);
      if (stats === undefined || !stats.isDirectory()) return [];
      const known = cached.get(folder.path);
      if (known?.modifiedMs === stats.mtimeMs) return known.covers;
      const covers = await newestMedia(folder.path, context);
      // A folder can change twice within the resolution of its time.
      if (Date.now() - stats.mtimeMs > 2000) cached.set(folder.path, { modifiedMs: stats.mtimeMs, covers });
      return covers;
    },
  };
}

async function newestMedia(folder: string, { library, lister }: ListingContext): Promise<readonly Cover[]> {
  let newest: { part: FolderPart; position: number; created: number }[] = [];
  try {
    for await (const part of partsOf(folder, lister)) {
      for (const [position, name] of part.names.entries()) {
        if (part.kinds[position] !== entryKinds.file || coverType(name) === undefined) continue;
        newest.push({ part, position, created: part.created[position] ?? 0 });
      }
      newest = newest.sort((a, b) => b.created - a.created).slice(0, COVERS);
    }
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
  return newest.map(({ part, position }) => {
    const name = part.names[position] ?? '';
    const fullpath = path.join(folder, name);
    return {
      path: fullpath,
      info: entryInfo(part, position),
      mediaType: coverType(name) ?? 'image',
      isUnderScannedPath: library.contains(fullpath),
    };
  });
}

/** Songs have no picture to show. */
function coverType(name: string): Cover['mediaType'] | undefined {
  const kind = mediaKind(name);
  return kind === 'audio' ? undefined : kind;
}
