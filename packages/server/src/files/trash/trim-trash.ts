import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

import type { StoredEntry } from './trash-item.ts';

/** What a trash may hold; without limits it holds everything. */
export interface TrashLimits {
  /** Days after which an entry is deleted for good. */
  readonly maxDays?: number | undefined;
  /** Bytes beyond which the oldest are. */
  readonly maxBytes?: number | undefined;
}

/** When entries were found to be over a limit, in Unix seconds, by their ids. */
export type TrashNotices = Readonly<Record<string, number>>;

/** An entry, named by its id. */
export interface TrimmableEntry {
  readonly id: string;
  /** Unix seconds. */
  readonly deletedTime: number;
  readonly bytes: number;
}

export interface TrashTrim {
  /** Announced long enough ago, and still over a limit. */
  readonly due: readonly string[];
  /** What is over a limit now, each since when. */
  readonly notices: TrashNotices;
  /** How many of them are announced for the first time. */
  readonly announced: number;
}

const daySeconds = 24 * 3600;

/** Seconds for which what is over a limit is announced before it goes: a day, also where the clock has jumped ahead. */
export const noticeSeconds = daySeconds;

/** Tells what has to go now, and what is to be announced. */
export function planTrashTrim(
  entries: readonly TrimmableEntry[],
  { maxDays, maxBytes }: TrashLimits,
  { notices, now }: { readonly notices: TrashNotices; readonly now: number },
): TrashTrim {
  const due: string[] = [];
  const next: Record<string, number> = {};
  let announced = 0;
  let bytes = 0;
  for (const entry of [...entries].sort((a, b) => b.deletedTime - a.deletedTime)) {
    bytes += entry.bytes;
    const isOld = maxDays !== undefined && now - entry.deletedTime > maxDays * daySeconds;
    if (!isOld && (maxBytes === undefined || bytes <= maxBytes)) continue;
    const since = notices[entry.id];
    // A notice from the future was written by a clock that has been set back since.
    if (since === undefined || since > now) announced += 1;
    else if (now - since >= noticeSeconds) due.push(entry.id);
    next[entry.id] = since === undefined || since > now ? now : since;
  }
  for (const id of due) delete next[id];
  return { due, notices: next, announced };
}

/**
 * The Unix seconds before which an entry does not go; undefined where no limit says yet that it has to. Beyond a size, only
 * what was announced is known to go.
 */
export function expiryOf(
  { id, deletedTime }: Pick<TrimmableEntry, 'id' | 'deletedTime'>,
  { maxDays, maxBytes }: TrashLimits,
  { notices, now }: { readonly notices: TrashNotices; readonly now: number },
): number | undefined {
  const since = notices[id];
  const tooOldAt = maxDays === undefined ? Infinity : deletedTime + maxDays * daySeconds;
  // A notice says nothing where the limits were raised since.
  const mayBeOver = maxBytes !== undefined || now > tooOldAt;
  if (since !== undefined && since <= now && mayBeOver) return since + noticeSeconds;
  return tooOldAt === Infinity ? undefined : Math.max(now, tooOldAt) + noticeSeconds;
}

/** The size of an entry; that of a folder is in no manifest. */
export async function storedBytes({ entry, content }: StoredEntry): Promise<number> {
  if (entry.type === 'file') return entry.bytes;
  const found = await readdir(content, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const inner of found) {
    if (!inner.isFile()) continue;
    bytes += (await lstat(path.join(inner.parentPath, inner.name)).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}
