import type { QuerySort } from '@iib-kit/contract';

/** Which images a list has, and in which order. */
export interface SearchParameters {
  readonly query: string;
  readonly folderPaths: readonly string[];
  readonly sort: QuerySort;
  /** Distinguishes one random order from the next. */
  readonly shuffle?: string;
}
