/**
 * First elements of query keys, by what a query shows. A live event invalidates all queries of the kinds that it
 * concerns, so a query whose key begins with one of these is refetched automatically.
 */
export const queryKeys = {
  /** Lists of images, and the files and metadata of single ones. */
  images: 'images',
  nearDuplicates: 'near-duplicates',
  /** Counts of the library, its tags, the version and settings of the server. */
  info: 'info',
  folders: 'folders',
  tags: 'tags',
  /** Ratings and notes. */
  annotations: 'annotations',
  statistics: 'statistics',
  topics: 'topics',
  jobs: 'jobs',
  trash: 'trash',
  savedSearches: 'saved-searches',
} as const;
