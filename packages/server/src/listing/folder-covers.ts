import { stat } from 'node:fs/promises';
import path from 'node:path';

import type { CoverInfo } from '@iib-kit/contract';
import { systemPath } from '@iib-kit/catalog';
import { mediaKind } from '@iib-kit/metadata';

import type { AllowedPath } from '../access/path-access.ts';
import { Refusal } from '../ports/refusal.ts';
import { entryKinds, type FolderPart } from './folder-part.ts';
import { entryInfo, partsOf, type ListingContext } from './list-folder.ts';

const COVERS = 4;

/** Folders whose covers are remembered. */
const MAX_FOLDERS = 2000;

interface Remembered {
  readonly modifiedMs: number;
  readonly covers: readonly CoverInfo[];
}

/** Finds the newest images and videos of folders, and remembers them until the folder changes. */
export interface FolderCovers {
  /** Newest first; links are left out. None for what is not there, is no folder or cannot be read. */
  of(folder: AllowedPath): Promise<CoverInfo[]>;
}

export function createFolderCovers(context: ListingContext): FolderCovers {
  const remembered = new Map<string, Remembered>();
  return {
    async of(folder) {
      const stats = await stat(systemPath(folder.path)).catch(() => undefined);
      if (stats === undefined || !stats.isDirectory()) return [];
      const known = remembered.get(folder.path);
      if (known?.modifiedMs === stats.mtimeMs) return [...known.covers];
      const covers = await newestMedia(folder.path, context);
      // A folder can change twice within the resolution of its time.
      if (Date.now() - stats.mtimeMs > 2000) remember(folder.path, { modifiedMs: stats.mtimeMs, covers });
      return covers;
    },
  };

  function remember(folder: string, value: Remembered): void {
    remembered.delete(folder);
    remembered.set(folder, value);
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_FOLDERS && oldest !== undefined) remembered.delete(oldest);
  }
}

async function newestMedia(folder: string, { library, lister }: ListingContext): Promise<CoverInfo[]> {
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
    const info = entryInfo(part, position, fullpath, library.contains(fullpath));
    return { ...info, type: 'file', media_type: coverType(name) ?? 'image' };
  });
}

/** Songs have no picture to show. */
function coverType(name: string): CoverInfo['media_type'] | undefined {
  const kind = mediaKind(name);
  return kind === 'audio' ? undefined : kind;
}
