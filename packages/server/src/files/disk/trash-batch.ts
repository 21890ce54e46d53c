import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { errorCode } from '../../ports/error-code.ts';
import { lookAt, syncToDisk } from './disk-state.ts';
import { publishStep } from './operation-steps.ts';

/*
 * A trash folder holds one folder for each deletion, a batch: `manifest.json`, which never changes, and for each
 * entry a folder named by its number, with the entry and its sidecars under their own names.
 */

const MANIFEST = 'manifest.json';
const DELETING = '.deleting';
const batchName = /^\d{8}T\d{9}Z-[0-9a-f]{16}$/;
const entryId = /^(\d{8}T\d{9}Z-[0-9a-f]{16})-(\d{1,9})$/;

/** An entry of a batch as its manifest tells it. */
export interface TrashedEntry {
  readonly path: string;
  readonly type: 'file' | 'dir';
  readonly bytes: number;
  /** Names of the sidecars that went along. */
  readonly sidecars: readonly string[];
}

export interface TrashBatch {
  /** Absolute. */
  readonly folder: string;
  /** Unix seconds. */
  readonly deletedTime: number;
  readonly entries: readonly TrashedEntry[];
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

export async function writeBatch(batch: TrashBatch): Promise<void> {
  await mkdir(batch.folder, { recursive: true });
  for (const position of batch.entries.keys()) await mkdir(path.join(batch.folder, String(position)));
  const manifest = path.join(batch.folder, MANIFEST);
  await writeFile(
    manifest,
    JSON.stringify({ version: 1, deletedTime: batch.deletedTime, entries: batch.entries }),
    { flag: 'wx', flush: true },
  );
  await syncToDisk(batch.folder);
  publishStep('trash-prepared', batch.folder);
}

/** Undefined where there is none, or one whose writing was cut off, before anything was put into it. */
export async function readBatch(folder: string): Promise<TrashBatch | undefined> {
  try {
    const text = await readFile(path.join(folder, MANIFEST), 'utf8');
    const { deletedTime, entries } = JSON.parse(text) as Omit<TrashBatch, 'folder'>;
    return { folder, deletedTime, entries };
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The batches of a trash folder, which may not be there. */
export async function batchesIn(trashFolder: string): Promise<string[]> {
  const names = await readdir(trashFolder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return [];
    throw error;
  });
  return names.filter((name) => batchName.test(name)).map((name) => path.join(trashFolder, name));
}

/** Deletes an entry of a batch for good. */
export async function deleteStored(batch: TrashBatch, position: number): Promise<void> {
  const folder = path.join(batch.folder, String(position));
  // The new name says that it is no longer in the trash, should its removal be cut off.
  await rename(folder, folder + DELETING);
  await rm(folder + DELETING, { recursive: true, force: true });
}

/** Removes what is left of a batch when its last entry has gone, and of deletions that were cut off. */
export async function tidyBatch(folder: string): Promise<void> {
  if ((await lookAt(folder)) === undefined) return;
  let isEmpty = true;
  for (const name of await readdir(folder)) {
    const inner = path.join(folder, name);
    if (name.endsWith(DELETING)) await rm(inner, { recursive: true, force: true });
    else if (name !== MANIFEST && !(await removeEmpty(inner))) isEmpty = false;
  }
  if (!isEmpty) return;
  await rm(path.join(folder, MANIFEST), { force: true });
  await rmdir(folder);
  publishStep('tidied', folder);
}

/** Ends deletions that were cut off. */
export async function tidyDeletions(trashFolder: string): Promise<void> {
  for (const folder of await batchesIn(trashFolder)) {
    if ((await readdir(folder)).some((name) => name.endsWith(DELETING))) await tidyBatch(folder);
  }
}

async function removeEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOTEMPTY' || errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
