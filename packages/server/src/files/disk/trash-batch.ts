import { randomBytes } from 'node:crypto';
import { lstat, mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import {
  type Confinement,
  type FilePath,
  type HeldFolder,
  holdFolder,
  makeFolders,
  readSmallFile,
  removeTree,
} from '@iib-kit/files';

import { errorCode } from '../../ports/error-code.ts';
import { syncToDisk } from './disk-state.ts';
import { isAbsence } from './held-place.ts';
import { publishStep } from './operation-steps.ts';
import {
  manifestText,
  MAX_MANIFEST_BYTES,
  parseManifest,
  type TrashedEntry,
  type TrashManifest,
} from './trash-manifest.ts';

/*
 * A trash folder holds one folder for each deletion, a batch: `manifest.json`, which never changes, and for each
 * entry a folder named by its number, with the entry and its sidecars under their own names. None of them is ever a link.
 */

const MANIFEST = 'manifest.json';
const DELETING = '.deleting';
const batchName = /^\d{8}T\d{9}Z-[0-9a-f]{16}$/;
const entryId = /^(\d{8}T\d{9}Z-[0-9a-f]{16})-(\d{1,9})$/;

export interface TrashBatch extends TrashManifest {
  /** Absolute. */
  readonly folder: string;
}

/** A batch that is not on disk yet. */
export function newBatch(trashFolder: string, entries: readonly TrashedEntry[]): TrashBatch {
  const now = new Date();
  const name = `${now.toISOString().replace(/[-:.]/g, '')}-${randomBytes(8).toString('hex')}`;
  return { folder: path.join(trashFolder, name), deletedTime: now.getTime() / 1000, entries };
}

/** Where an entry of a batch, or a sidecar of it, lies under its own name. */
export function storedPath(batch: TrashBatch, position: number, name: string): string {
  return path.join(batch.folder, String(position), name);
}

export function idOf(batch: TrashBatch, position: number): string {
  return `${path.basename(batch.folder)}-${position}`;
}

/** The names of batch and entry in an id; undefined for what is none. */
export function parseId(id: string): { batch: string; position: number } | undefined {
  const [, batch, position] = entryId.exec(id) ?? [];
  return batch === undefined ? undefined : { batch, position: Number(position) };
}

export async function writeBatch(batch: TrashBatch, within: Confinement | undefined): Promise<void> {
  const trash = await makeFolders(path.dirname(batch.folder), { within });
  try {
    const name = path.basename(batch.folder);
    await mkdir(trash.at(name));
    const held = await trash.enter(name);
    try {
      for (const position of batch.entries.keys()) await mkdir(held.at(String(position)));
      await writeFile(held.at(MANIFEST), manifestText(batch), { flag: 'wx', flush: true });
      await syncToDisk(held.path());
    } finally {
      held.close();
    }
  } finally {
    trash.close();
  }
  publishStep('trash-prepared', batch.folder);
}

/**
 * Undefined where there is none, or one whose writing was cut off, before anything was put into it; `damaged` where
 * something else is in its place, or a manifest that no server wrote.
 */
export async function readBatch(
  folder: string,
  within: Confinement | undefined,
): Promise<TrashBatch | 'damaged' | undefined> {
  try {
    return await withBatch(folder, within, async (held) => {
      const bytes = await readSmallFile(held.at(MANIFEST), { maxBytes: MAX_MANIFEST_BYTES });
      const manifest = parseManifest(bytes);
      if (manifest !== undefined) return { folder, ...manifest };
      return (await isEmptyBut(held, MANIFEST)) ? undefined : 'damaged';
    });
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? undefined : 'damaged';
  }
}

/** Whether an entry of a batch is there: a file, folder or link in folders that are no links. */
export async function isStored(
  batch: TrashBatch,
  position: number,
  name: string,
  within: Confinement | undefined,
): Promise<boolean> {
  const isThere = async (batchFolder: HeldFolder) => {
    const held = await batchFolder.enter(String(position));
    try {
      const stats = await lstat(held.at(name));
      return stats.isFile() || stats.isDirectory() || stats.isSymbolicLink();
    } finally {
      held.close();
    }
  };
  return withBatch(batch.folder, within, isThere).catch(() => false);
}

/** The batches of a trash folder, which may not be there. */
export async function batchesIn(trashFolder: string, within: Confinement | undefined): Promise<string[]> {
  let trash: HeldFolder;
  try {
    trash = await holdFolder(trashFolder, { within });
  } catch (error) {
    // Not there, not to be looked into, or a link that somebody put in its place.
    if (isAbsence(error) || ['EACCES', 'EPERM', 'outside', 'changed'].includes(errorCode(error) ?? ''))
      return [];
    throw error;
  }
  try {
    const names = await trash.names().catch(() => []);
    return names.filter((name) => batchName.test(name)).map((name) => path.join(trashFolder, name));
  } finally {
    trash.close();
  }
}

/** Deletes an entry of a batch for good. */
export async function deleteStored(
  batch: TrashBatch,
  position: number,
  within: Confinement | undefined,
): Promise<void> {
  const name = String(position);
  await withBatch(batch.folder, within, async (held) => {
    // The new name says that it is no longer in the trash, should its removal be cut off.
    await rename(held.at(name), held.at(name + DELETING));
    await removeTree(held, name + DELETING);
  });
}

/** Removes what is left of a batch when its last entry has gone, and of deletions that were cut off. */
export async function tidyBatch(folder: string, within: Confinement | undefined): Promise<void> {
  let trash: HeldFolder;
  try {
    trash = await holdFolder(path.dirname(folder), { within });
  } catch (error) {
    if (isAbsence(error)) return;
    throw error;
  }
  try {
    await tidyBatchIn(trash, folder);
  } finally {
    trash.close();
  }
}

async function tidyBatchIn(trash: HeldFolder, folder: string): Promise<void> {
  const name = path.basename(folder);
  try {
    const held = await trash.enter(name);
    try {
      if (!(await isEmptied(held))) return;
      await rm(held.at(MANIFEST), { force: true });
    } finally {
      held.close();
    }
    await rmdir(trash.at(name));
  } catch (error) {
    if (isAbsence(error)) return;
    throw error;
  }
  publishStep('tidied', folder);
}

/** Ends deletions that were cut off. */
export async function tidyDeletions(trashFolder: string, within: Confinement | undefined): Promise<void> {
  for (const folder of await batchesIn(trashFolder, within)) {
    const names = await withBatch(folder, within, (held) => held.names()).catch(() => []);
    if (names.some((name) => name.endsWith(DELETING))) await tidyBatch(folder, within);
  }
}

async function isEmptied(held: HeldFolder): Promise<boolean> {
  let isEmpty = true;
  for (const name of await held.names()) {
    if (name.endsWith(DELETING)) await removeTree(held, name);
    else if (name !== MANIFEST && !(await removeEmpty(held.at(name)))) isEmpty = false;
  }
  return isEmpty;
}

async function isEmptyBut(held: HeldFolder, manifest: string): Promise<boolean> {
  const names = await held.names();
  for (const name of names.filter((other) => other !== manifest)) {
    const inner = await held.enter(name);
    try {
      if ((await inner.names()).length > 0) return false;
    } finally {
      inner.close();
    }
  }
  return true;
}

/** Works in the folder of a batch, which is no link, in a trash that is none. */
async function withBatch<T>(
  folder: string,
  within: Confinement | undefined,
  work: (held: HeldFolder) => Promise<T>,
): Promise<T> {
  const trash = await holdFolder(path.dirname(folder), { within });
  try {
    const held = await trash.enter(path.basename(folder));
    try {
      return await work(held);
    } finally {
      held.close();
    }
  } finally {
    trash.close();
  }
}

async function removeEmpty(folder: FilePath): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}
