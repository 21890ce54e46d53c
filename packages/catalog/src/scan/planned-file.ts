import type { FoundFile } from './walk-tree.ts';

/** A file that has to be read; its path is put together when it is, since there may be millions of them. */
export interface PlannedFile extends FoundFile {
  readonly folder: string;
  /** The row of a file that changed in place. */
  readonly id: number | undefined;
}
