import type { CallOptions } from './call-options.ts';
import type { SearchQuery } from './image-searches.ts';

/** Searches that the user keeps under a name. */
export interface SavedSearches {
  savedSearches(options?: CallOptions): Promise<ReadonlyMap<string, SearchQuery>>;
  /** Keeps a search under a name. Throws `invalid-query`. */
  saveSearch(name: string, query: SearchQuery, options?: CallOptions): Promise<void>;
  removeSavedSearch(name: string, options?: CallOptions): Promise<void>;
}
