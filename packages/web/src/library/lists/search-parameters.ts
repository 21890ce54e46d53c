export const sortOrders = ['newest', 'oldest', 'name', 'largest', 'smallest', 'rating', 'random'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** Which images a list has, and in which order. */
export interface SearchParameters {
  readonly query: string;
  readonly folderPaths: readonly string[];
  readonly sort: SortOrder;
  /** Distinguishes one random order from the next. */
  readonly shuffle?: string;
}
