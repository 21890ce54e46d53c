/** Work on the database that nobody waits for, done a slice at a time. */
export interface UpkeepTask {
  /** What failures are reported under. */
  readonly name: string;
  /**
   * Does the next slice, some milliseconds of work in at most one transaction, and says whether there is more. Everything is
   * sound between two slices: a program may end there, and others may write. What there is to do is told from the database
   * rather than remembered. A thorough slice does also what would not be worth it by itself.
   */
  runSlice(isThorough: boolean): boolean;
}
