import { folderOf, trimFolder } from '@iib-kit/catalog/text';

/**
 * What callers say of files while a scan is under way. What the scan hands over is what the disk was like some time
 * before, and must not undo what they said since.
 */
export interface InFlightMoves {
  /** Until it ends, what callers say is newer than what the scan saw. A scan that is under way is over with it. */
  beginScan(): BegunScan;
  /** Whatever is at these paths may be absent for a moment. */
  reserve(paths: readonly string[]): void;
  release(paths: readonly string[]): void;
  /** A caller took away what was at this path, and what was below it. */
  noteLeft(path: string): void;
  /** A caller moved or removed this row. */
  noteRow(imageId: number): void;
  /** Whether a row may be taken away because the scan did not find its file. */
  mayBeMissing(imageId: number, path: string): boolean;
  /** Whether the scan may say that this row is now that of the file it read. */
  mayBeFound(imageId: number): boolean;
  /** Whether a caller has taken away what the scan saw here. */
  wasLeft(path: string): boolean;
  /** Whether the scan was not believed about what is in this folder, which is to be looked into again. */
  isUnsettled(folder: string): boolean;
}

export interface BegunScan {
  /** No longer, once it has ended or another has begun: what it still hands over is not to be believed. */
  isUnderWay(): boolean;
  end(): void;
}

/** Whether one of these is the path or contains it. */
function covers(paths: Pick<ReadonlySet<string>, 'has'>, path: string): boolean {
  for (let at = path, below = ''; at !== below; at = folderOf(at)) {
    if (paths.has(at)) return true;
    below = at;
  }
  return false;
}

function decrement(counts: Map<string, number>, path: string): void {
  const count = counts.get(path) ?? 0;
  if (count > 1) counts.set(path, count - 1);
  else counts.delete(path);
}

export function createInFlightMoves(): InFlightMoves {
  /** How often each is reserved. */
  const reserved = new Map<string, number>();
  const left = new Set<string>();
  const rows = new Set<number>();
  const unsettled = new Set<string>();
  let scan: symbol | undefined;

  function forget(): void {
    left.clear();
    rows.clear();
    unsettled.clear();
  }

  return {
    beginScan() {
      const begun = Symbol('scan');
      scan = begun;
      forget();
      const isUnderWay = (): boolean => scan === begun;
      return {
        isUnderWay,
        end() {
          // The end of one may be heard of after the beginning of the next.
          if (!isUnderWay()) return;
          scan = undefined;
          forget();
        },
      };
    },
    reserve(paths) {
      for (const path of paths.map(trimFolder)) reserved.set(path, (reserved.get(path) ?? 0) + 1);
    },
    release(paths) {
      for (const path of paths.map(trimFolder)) decrement(reserved, path);
    },
    noteLeft(path) {
      if (scan !== undefined) left.add(trimFolder(path));
    },
    noteRow(imageId) {
      if (scan !== undefined) rows.add(imageId);
    },
    mayBeMissing(imageId, path) {
      const isKept = rows.has(imageId) || covers(reserved, path);
      if (isKept) unsettled.add(folderOf(path));
      return !isKept;
    },
    mayBeFound: (imageId) => !rows.has(imageId),
    wasLeft(path) {
      if (left.size === 0 || !covers(left, path)) return false;
      // Something else may be there by now.
      unsettled.add(folderOf(path));
      return true;
    },
    isUnsettled: (folder) => unsettled.has(folder),
  };
}
