import type { CallOptions } from './call-options.ts';

/** A file or folder that was given another path. */
export interface PathChange {
  readonly from: string;
  readonly to: string;
}

/** Follows files that another part of the program moves or removes. */
export interface FileMoves {
  /**
   * Reserves what is indexed at these paths, and in folders below them, so that an update that does not find it keeps it: for
   * a caller that is about to move files and calls `movePaths` afterwards. Until `releasePaths` is called as often. Throws
   * `locked` and the like where the index could not be written now.
   */
  reservePaths(paths: readonly string[], options?: CallOptions): Promise<void>;
  releasePaths(paths: readonly string[], options?: CallOptions): Promise<void>;
  /**
   * Follows files and folders that were moved or renamed, with all that is known of them. An update that is under way
   * does not take it back.
   */
  movePaths(changes: readonly PathChange[], options?: CallOptions): Promise<void>;
  /** Forgets files, and folders with all below them; tags, ratings, notes and own texts come back with the same content. */
  removePaths(paths: readonly string[], options?: CallOptions): Promise<void>;
  /**
   * Forgets files and folders that were put where updates do not look, such as a trash. Tags, ratings, notes and own
   * texts wait for them there: a copy of a file does not take them.
   */
  storePaths(changes: readonly PathChange[], options?: CallOptions): Promise<void>;
  /** Forgets what waits for files and folders that were stored so and are deleted for good: it is of no use any more. */
  forgetStored(paths: readonly string[], options?: CallOptions): Promise<void>;
  /** Says that such files and folders are back, where the next update finds them and gives them what waited for them. */
  returnPaths(changes: readonly PathChange[], options?: CallOptions): Promise<void>;
}
