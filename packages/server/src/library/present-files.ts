import { stat } from 'node:fs/promises';
import path from 'node:path';
import { systemPath } from '@iib-kit/catalog';
import { LRUCache } from 'lru-cache';

/** How long what was seen of a folder is believed, and how long an answer is waited for, in milliseconds. */
const BELIEVED = 500;
const PATIENCE = 1000;
/** Files that are remembered as there, some megabytes of paths. */
const MOST_FILES = 50_000;
const MOST_FOLDERS = 5000;

/** The time of a folder that is not there or does not answer. */
const noAnswer = -1;

/** Leaves out files that were deleted since the index looked. */
export interface PresentFiles {
  /** Those that are there; of one that cannot be told it is believed. */
  withoutAbsent<T extends { readonly path: string }>(files: readonly T[]): Promise<readonly T[]>;
}

/**
 * Asks for each file once, then for its folder alone, twice a second at the most: the time of a folder changes with each
 * file that leaves it.
 */
export function presentFiles(): PresentFiles {
  /** By path: the time of the folder when the file was last seen. */
  const seen = new LRUCache<string, number>({ max: MOST_FILES });
  const times = new LRUCache<string, Promise<number>>({ max: MOST_FOLDERS, ttl: BELIEVED });

  function timeOf(folder: string): Promise<number> {
    let time = times.get(folder);
    if (time === undefined) times.set(folder, (time = modifiedTime(folder)));
    return time;
  }

  async function isThere(file: string, folderTime: number): Promise<boolean> {
    const isAbsent = (await unlessLate(isMissing(file))) ?? false;
    if (isAbsent) seen.delete(file);
    // Of a folder that does not answer nothing is remembered: the next one that does not would look the same.
    else if (folderTime !== noAnswer) seen.set(file, folderTime);
    return !isAbsent;
  }

  return {
    async withoutAbsent<T extends { readonly path: string }>(files: readonly T[]): Promise<readonly T[]> {
      const folders = [...new Set(files.map((file) => path.dirname(file.path)))];
      const now = new Map(
        await Promise.all(folders.map(async (folder) => [folder, await timeOf(folder)] as const)),
      );
      const folderTime = (file: T): number => now.get(path.dirname(file.path)) ?? noAnswer;
      const unseen = files.filter((file) => seen.get(file.path) !== folderTime(file));
      if (unseen.length === 0) return files;
      const answers = await Promise.all(unseen.map((file) => isThere(file.path, folderTime(file))));
      const absent = new Set(unseen.filter((_, position) => answers[position] === false));
      return files.filter((file) => !absent.has(file));
    },
  };
}

async function modifiedTime(folder: string): Promise<number> {
  const stats = await unlessLate(stat(systemPath(folder)).catch(() => undefined));
  return stats?.mtimeMs ?? noAnswer;
}

async function isMissing(file: string): Promise<boolean> {
  try {
    await stat(systemPath(file));
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
  }
}

async function unlessLate<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
