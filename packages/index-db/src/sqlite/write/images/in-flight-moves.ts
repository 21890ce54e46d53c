import { folderOf, trimFolder } from '@iib-kit/catalog/text';

/**
 * What callers say of files while a scan is under way. What the scan hands over is what the disk was like some time
 * before, and must not undo what they said since.
 */
export interface InFlightMoves {
  /** Until it ends, what callers say is newer than what the scan saw. A scan that is under way is over with it. */
  beginScan(): BegunScan;
  /** Until it ends, it notes what callers take away; a scan that is under way goes on. */
  beginRead(): BegunRead;
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
  /** Another row has the path under which the scan found the file of one in this folder. */
  noteUnsettled(folder: string): void;
  /** Whether the scan was not believed about what is in this folder, which is to be looked into again. */
  isUnsettled(folder: string): boolean;
}

export interface BegunScan {
  /** No longer, once it has ended or another has begun: what it still hands over is not to be believed. */
  isUnderWay(): boolean;
  end(): void;
}

/** Files that are read while a scan may be under way. */
export interface BegunRead {
  /** Whether a caller has taken away what was read here. */
  wasLeft(path: string): boolean;
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

/** Paths that callers have reserved, each as often as they did. */
function createReservations() {
  const counts = new Map<string, number>();
  return {
    has: (path: string): boolean => counts.has(path),
    reserve(paths: readonly string[]): void {
      for (const path of paths.map(trimFolder)) counts.set(path, (counts.get(path) ?? 0) + 1);
    },
    release(paths: readonly string[]): void {
      for (const path of paths.map(trimFolder)) {
        const count = counts.get(path) ?? 0;
        if (count > 1) counts.set(path, count - 1);
        else counts.delete(path);
      }
    },
  };
}

/** Reads that are under way, each with what was taken away since it began. */
function createReads() {
  const all = new Set<Set<string>>();
  return {
    begin(): BegunRead {
      const left = new Set<string>();
      all.add(left);
      return { wasLeft: (path) => covers(left, path), end: () => void all.delete(left) };
    },
    noteLeft(path: string): void {
      for (const left of all) left.add(path);
    },
  };
}

export function createInFlightMoves(): InFlightMoves {
  const reserved = createReservations();
  const left = new Set<string>();
  const rows = new Set<number>();
  const unsettled = new Set<string>();
  const reads = createReads();
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
    beginRead: () => reads.begin(),
    reserve: (paths) => reserved.reserve(paths),
    release: (paths) => reserved.release(paths),
    noteLeft(path) {
      if (scan !== undefined) left.add(trimFolder(path));
      reads.noteLeft(trimFolder(path));
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
    noteUnsettled: (folder) => void unsettled.add(folder),
    isUnsettled: (folder) => unsettled.has(folder),
  };
}
