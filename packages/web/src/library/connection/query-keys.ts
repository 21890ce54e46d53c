/**
 * First parts of query keys, by what a query shows. Live events make those of their kind stale, so that a query
 * whose key begins with them is read again by itself.
 */
export const keys = {
  /** Lists of images, and what is known of one. */
  images: 'images',
  /** Images that look the same, as far as their look was computed. */
  looks: 'looks',
  /** Counts of the library, its tags, the settings of the server. */
  facts: 'facts',
  folders: 'folders',
  tags: 'tags',
  marks: 'marks',
  statistics: 'statistics',
  topics: 'topics',
  jobs: 'jobs',
  trash: 'trash',
  savedSearches: 'saved-searches',
} as const;
