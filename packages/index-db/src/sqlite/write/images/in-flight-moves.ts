import { folderOf, trimFolder } from '@iib-kit/catalog/text';

/**
 * What callers say of files while a scan is under way. What the scan hands over is what the disk was like some time
 * before, and must not undo what was told since.
 */
export interface PathsInMotion {
  /** Until it ends, what is told is newer than what the scan saw. A scan that is under way is over with it. */
  beginScan(): BegunScan;
  /** Whatever is at these paths may be absent for a moment. */
  hold(paths: readonly string[]): void;
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

/** Whether one of the places is this path or holds it. */
function covers(places: Pick<ReadonlySet<string>, 'has'>, path: string): boolean {
  for (let at = path, below = ''; at !== below; at = folderOf(at)) {
    if (places.has(at)) return true;
    below = at;
  }
  return false;
}

export function createPathsInMotion(): PathsInMotion {
  /** How many hold each. */
  const held = new Map<string, number>();
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
    hold(paths) {
      for (const path of paths.map(trimFolder)) held.set(path, (held.get(path) ?? 0) + 1);
    },
    release(paths) {
      for (const path of paths.map(trimFolder)) {
        const holders = (held.get(path) ?? 0) - 1;
        if (holders > 0) held.set(path, holders);
        else held.delete(path);
      }
    },
    noteLeft(path) {
      if (scan !== undefined) left.add(trimFolder(path));
    },
    noteRow(imageId) {
      if (scan !== undefined) rows.add(imageId);
    },
    mayBeMissing(imageId, path) {
      const isKept = rows.has(imageId) || covers(held, path);
      if (isKept) unsettled.add(folderOf(path));
      return !isKept;
    },
    mayBeFound: (imageId) => !rows.has(imageId),
    wasLeft(path) {
      const isLeft = left.size > 0 && covers(left, path);
      // Something else may be there by now.
      if (isLeft) unsettled.add(folderOf(path));
      return isLeft;
    },
    isUnsettled: (folder) => unsettled.has(folder),
  };
}
