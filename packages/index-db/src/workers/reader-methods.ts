import { basicInfo } from '../sqlite/read/statistics/basic-info.ts';
import { completions } from '../sqlite/read/statistics/completions.ts';
import {
  embeddingCount,
  embeddingOf,
  embeddingsOf,
  embeddingStates,
} from '../sqlite/read/vectors/embeddings.ts';
import { folderCovers } from '../sqlite/read/lookups/folder-covers.ts';
import { jobResult, jobs } from '../sqlite/read/lookups/jobs.ts';
import {
  autoTagRules,
  savedSearches,
  settings,
  unusableAutoTagRules,
} from '../sqlite/read/lookups/rules-and-settings.ts';
import {
  customTagsOf,
  extraPaths,
  imagesById,
  imagesOf,
  infotextsOf,
  mountPoints,
  tagsById,
} from '../sqlite/read/lookups/lookups.ts';
import * as annotations from '../sqlite/read/lookups/annotations.ts';
import { nearDuplicates, perceptualHashOf } from '../sqlite/read/vectors/near-duplicates.ts';
import { randomImages } from '../sqlite/read/search/random-images.ts';
import { searchByQuery } from '../sqlite/read/search/plan-query.ts';
import { searchBySubstring } from '../sqlite/read/search/plan-substring.ts';
import { searchByTags } from '../sqlite/read/search/plan-tags.ts';
import { searchLayout } from '../sqlite/read/search/search-layout.ts';
import { similarImages } from '../sqlite/read/vectors/similar-images.ts';
import { libraryStatistics } from '../sqlite/read/statistics/statistics.ts';
import { isEverythingInside } from '../sqlite/read/statistics/scope.ts';
import { tryAutoTagRule } from '../sqlite/read/lookups/try-auto-tag-rule.ts';
import { cachedClusters, cachedClustersOf, cachedTitle } from '../sqlite/read/lookups/topic-caches.ts';
import { listBackups } from '../sqlite/connection/back-up.ts';
import { checkIntegrity } from '../sqlite/connection/check-integrity.ts';
import type { IndexedImage, Page } from '@iib-kit/catalog';
import type { Sqlite } from '../sqlite/connection/sqlite.ts';
import { bindMethods } from './bind-methods.ts';
import type { AnswersOf } from './method-table.ts';
import { type PackedPage, packPage } from './packed-page.ts';

/** A search whose page is packed for the way to the calling thread. */
const paged =
  <Query>(search: (db: Sqlite, query: Query) => Page<IndexedImage>) =>
  (db: Sqlite, query: Query): PackedPage =>
    packPage(search(db, query));

/** What is read for the methods of an index, and for parts of those that take several calls. */
const readers = {
  search: paged(searchByQuery),
  searchBySubstring: paged(searchBySubstring),
  searchByTags: paged(searchByTags),
  searchLayout,
  completions,
  basicInfo,
  isEverythingInside,
  ...annotations,
  embeddingsOf,
  images: imagesOf,
  imagesById,
  infotexts: infotextsOf,
  randomImages,
  folderCovers,
  statistics: libraryStatistics,
  tagsOf: customTagsOf,
  tagsById,
  autoTagRules,
  unusableAutoTagRules,
  tryAutoTagRule,
  savedSearches,
  settings,
  extraPaths,
  mountPoints,
  embeddingOf,
  embeddingStates,
  embeddingCount,
  similarImages,
  cachedTitle,
  cachedClusters,
  cachedClustersOf,
  perceptualHashOf,
  nearDuplicates,
  jobs,
  jobResult,
  backups: (db: Sqlite): readonly string[] => listBackups(db.name),
  checkIntegrity,
} satisfies AnswersOf<'readers' | 'slowQueries', Sqlite> & Record<string, unknown>;

/** What the calling thread asks of a reading thread. */
export function readerMethods(db: Sqlite) {
  return bindMethods(db, readers);
}
export type ReaderMethods = ReturnType<typeof readerMethods>;
