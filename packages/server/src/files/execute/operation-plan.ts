/** A file, link or folder and where it goes. */
export interface PlannedEntry {
  /** Absolute, as the index knows it. */
  readonly from: string;
  readonly to: string;
  /** `from` with links resolved, where that differs: the index may know it by this path. */
  readonly alias?: string;
}

/** An entry and the sidecars that go where it goes. */
export type EntryGroup<Entry = PlannedEntry> = readonly [main: Entry, ...sidecars: Entry[]];

/** What is to be done to the disk and the index; all checks are behind it. */
export interface OperationPlan {
  /** `remove` uses `from` alone. */
  readonly action: 'move' | 'copy' | 'remove';
  /**
   * What the index is told: entries have a new path, are gone, are stored where it does not look, came back from there, or
   * are to be read.
   */
  readonly index: 'follow' | 'forget' | 'store' | 'return' | 'read';
  readonly groups: readonly EntryGroup[];
  /** Folders of a trash that may have become empty. */
  readonly tidy: readonly string[];
}
