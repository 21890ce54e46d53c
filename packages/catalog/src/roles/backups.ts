import type { CallOptions } from './call-options.ts';

/** Copies of the whole index, where the engine can make them. */
export interface Backups {
  /**
   * Copies the index beside itself while it is in use, keeping the latest `kept` copies, three unless given, and of one
   * that holds far less than before as many of the fuller one; gives the copy's path.
   */
  backUp(options?: CallOptions & { readonly kept?: number }): Promise<string>;
  /** Paths of the backups, oldest first; one is made before the first change to a database of IIB. */
  backups(options?: CallOptions): Promise<readonly string[]>;
}
