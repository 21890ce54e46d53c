import path from 'node:path';

import { idOf, storedPath, type TrashBatch } from '../disk/trash-batch.ts';
import type { TrashedEntry } from '../disk/trash-manifest.ts';

/** An entry that is in the trash, as callers see it. */
export interface TrashItem {
  readonly id: string;
  readonly type: 'file' | 'dir';
  readonly name: string;
  /** Where it was. */
  readonly path: string;
  readonly bytes: number;
  /** Unix seconds. */
  readonly deletedTime: number;
  /** Unix seconds before which it is not deleted for good; missing where no limit says that it will be. */
  readonly expiresTime?: number | undefined;
}

/** An entry that is in the trash, and where. */
export interface StoredEntry {
  readonly batch: TrashBatch;
  readonly position: number;
  readonly entry: TrashedEntry;
  readonly content: string;
}

export function storedEntry(batch: TrashBatch, position: number, entry: TrashedEntry): StoredEntry {
  return { batch, position, entry, content: storedPath(batch, position, path.basename(entry.path)) };
}

export function itemOf({ batch, position, entry }: Omit<StoredEntry, 'content'>): TrashItem {
  return {
    id: idOf(batch, position),
    type: entry.type,
    name: path.basename(entry.path),
    path: entry.path,
    bytes: entry.bytes,
    deletedTime: batch.deletedTime,
  };
}
