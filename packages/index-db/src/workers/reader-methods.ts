import { basicInfo } from '../search/basic-info.ts';
import { completions } from '../search/completions.ts';
import { embeddingOf, embeddingsOf, embeddingStates } from '../search/embeddings.ts';
import { folderCovers } from '../search/folder-covers.ts';
import { jobResult, jobs } from '../search/jobs.ts';
import { autoTagRules, savedSearches, settings } from '../search/look-up-rules.ts';
import { customTagsOf, extraPaths, imagesById, imagesOf, infotextsOf, tagsById } from '../search/look-ups.ts';
import { markRecords, annotationsOf } from '../search/marks.ts';
import { nearDuplicates, perceptualHashOf } from '../search/near-duplicates.ts';
import { randomImages } from '../search/random-images.ts';
import { searchByQuery } from '../search/search-by-query.ts';
import { searchBySubstring } from '../search/search-by-substring.ts';
import { searchByTags } from '../search/search-by-tags.ts';
import { searchLayout } from '../search/search-layout.ts';
import { similarImages } from '../search/similar-images.ts';
import { libraryStatistics } from '../search/statistics.ts';
import { tryAutoTagRule } from '../search/try-auto-tag-rule.ts';
import { cachedClusters, cachedTitle } from '../search/topic-caches.ts';
import { listBackups } from '../store/back-up.ts';
import { checkIntegrity } from '../store/check-integrity.ts';
import type { IndexedImage, Page } from '@iib-kit/catalog';
import type { Sqlite } from '../store/sqlite.ts';
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
