import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { spellPath, systemPath } from '@iib-kit/files';
import { LRUCache } from 'lru-cache';

import { type CachedFile, listFiles, removeFile } from './cache-folder.ts';
import { pathDigestOf } from './cache-key.ts';
import { pathDigest } from './file-digest.ts';
import type { DiskCache } from './disk-cache.ts';

/** A week: what was looked at lately stays, also of files that nobody listed. */
export const unusedForMs = 7 * 24 * 3_600_000;

// A million paths take seconds of digests, which must not hold up the host for longer than a moment.
const pathsAtOnce = 200;

/** Removes the entries of files other than `paths`, unless they were used lately; gives how many. */
export async function removeUnused(
  { entriesDir, contentsDir }: Pick<DiskCache, 'entriesDir' | 'contentsDir'>,
  paths: AsyncIterable<string>,
  { unusedMs, signal }: { readonly unusedMs: number; readonly signal?: AbortSignal | undefined },
): Promise<number> {
  const before = Date.now() - unusedMs;
  const isUnused = ({ usedMs }: CachedFile): boolean => usedMs < before;
  const unused = (await listFiles(entriesDir)).filter(isUnused);
  const gone = await goneAmong(unused, paths, signal);
  for (const { path } of gone) await removeFile(path);
  // What has no other name left belongs to no file any more.
  const contents = (await listFiles(contentsDir)).filter((file) => isUnused(file) && file.names === 1);
  for (const { path } of contents) await removeFile(path);
  return gone.length + contents.length;
}

async function goneAmong(
  unused: readonly CachedFile[],
  paths: AsyncIterable<string>,
  signal: AbortSignal | undefined,
): Promise<CachedFile[]> {
  if (unused.length === 0) return [];
  const candidates = new Map<string, CachedFile[]>();
  for (const file of unused) {
    // Of an earlier version, which cannot be told any more: whoever looks at it has it drawn.
    const digest = pathDigestOf(basename(file.path)) ?? '';
    const files = candidates.get(digest);
    if (files === undefined) candidates.set(digest, [file]);
    else files.push(file);
  }
  const folders = new LRUCache<string, string>({ max: 1000 });
  let count = 0;
  for await (const path of paths) {
    signal?.throwIfAborted();
    candidates.delete(pathDigest(path));
    candidates.delete(pathDigest(await inRealFolder(path, folders)));
    if (++count % pathsAtOnce === 0) await turn();
  }
  signal?.throwIfAborted();
  return [...candidates.values()].flat();
}

/** Entries are named by real paths; a folder that is away keeps its name. */
async function inRealFolder(path: string, folders: LRUCache<string, string>): Promise<string> {
  const folder = dirname(path);
  const known = folders.get(folder);
  const real = known ?? (await realpath(systemPath(folder), 'buffer').then(spellPath, () => folder));
  folders.set(folder, real);
  return join(real, basename(path));
}
