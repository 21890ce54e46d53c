import { basicInfo } from '../sqlite/read/statistics/basic-info.ts';
import { completions } from '../sqlite/read/statistics/completions.ts';
import { embeddingOf, embeddingsOf, embeddingStates } from '../sqlite/read/vectors/embeddings.ts';
import { folderCovers } from '../sqlite/read/lookups/folder-covers.ts';
import { jobResult, jobs } from '../sqlite/read/lookups/jobs.ts';
import { autoTagRules, savedSearches, settings } from '../sqlite/read/lookups/rules-and-settings.ts';
import {
  customTagsOf,
  extraPaths,
  imagesById,
  imagesOf,
  infotextsOf,
  tagsById,
} from '../sqlite/read/lookups/lookups.ts';
import { markRecords, annotationsOf } from '../sqlite/read/lookups/annotations.ts';
import { nearDuplicates, perceptualHashOf } from '../sqlite/read/vectors/near-duplicates.ts';
import { randomImages } from '../sqlite/read/search/random-images.ts';
import { searchByQuery } from '../sqlite/read/search/search-by-query.ts';
import { searchBySubstring } from '../sqlite/read/search/search-by-substring.ts';
import { searchByTags } from '../sqlite/read/search/search-by-tags.ts';
import { searchLayout } from '../sqlite/read/search/search-layout.ts';
import { similarImages } from '../sqlite/read/vectors/similar-images.ts';
import { libraryStatistics } from '../sqlite/read/statistics/statistics.ts';
import { tryAutoTagRule } from '../sqlite/read/lookups/try-auto-tag-rule.ts';
import { cachedClusters, cachedTitle } from '../sqlite/read/lookups/topic-caches.ts';
import { listBackups } from '../sqlite/connection/back-up.ts';
import { checkIntegrity } from '../sqlite/connection/check-integrity.ts';
import type { IndexedImage, Page } from '@iib-kit/catalog';
import type { Sqlite } from '../sqlite/connection/sqlite.ts';
import { type PackedPage, packPage } from './packed-page.ts';

/** Binds the database to a function of it and its input. */
const bound =
  <Input, Output>(db: Sqlite, work: (db: Sqlite, input: Input) => Output) =>
  (input: Input): Output =>
    work(db, input);

/** The same for a function that gives a page. */
const paged =
  <Input>(db: Sqlite, work: (db: Sqlite, input: Input) => Page<IndexedImage>) =>
  (input: Input): PackedPage =>
    packPage(work(db, input));

/** What the calling thread asks of a reading thread. */
export function readerMethods(db: Sqlite) {
  return {
    ready: (): void => {},
    search: paged(db, searchByQuery),
    searchBySubstring: paged(db, searchBySubstring),
    searchByTags: paged(db, searchByTags),
    searchLayout: bound(db, searchLayout),
    completions: bound(db, completions),
    basicInfo: bound(db, basicInfo),
    statistics: () => libraryStatistics(db),
    randomImages: bound(db, randomImages),
    folderCovers: bound(db, folderCovers),
    images: bound(db, imagesOf),
    imagesById: bound(db, imagesById),
    infotexts: bound(db, infotextsOf),
    tagsOf: bound(db, customTagsOf),
    tagsById: bound(db, tagsById),
    annotationsOf: bound(db, annotationsOf),
    markRecords: bound(db, markRecords),
    autoTagRules: () => autoTagRules(db),
    tryAutoTagRule: bound(db, tryAutoTagRule),
    savedSearches: () => savedSearches(db),
    settings: () => settings(db),
    extraPaths: () => extraPaths(db),
    embeddingOf: bound(db, embeddingOf),
    embeddingsOf: bound(db, embeddingsOf),
    embeddingStates: bound(db, embeddingStates),
    similarImages: bound(db, similarImages),
    cachedTitle: bound(db, cachedTitle),
    cachedClusters: bound(db, cachedClusters),
    perceptualHashOf: bound(db, perceptualHashOf),
    nearDuplicates: bound(db, nearDuplicates),
    jobs: () => jobs(db),
    jobResult: bound(db, jobResult),
    backups: () => listBackups(db.name),
    checkIntegrity: () => checkIntegrity(db),
    close: (): void => {
      db.close();
    },
  };
}
export type ReaderMethods = ReturnType<typeof readerMethods>;
