import type { MessagePort } from 'node:worker_threads';
import { IndexError, type IndexChange } from '@iib-kit/catalog';
import { openBatch, type PackedBatch, type ScanSink } from '@iib-kit/catalog/scan';
import { applyRulesAfter, setAutoTagRules } from '../store/auto-tags.ts';
import { backUp } from '../store/back-up.ts';
import { createTag, setTag, toggleTag } from '../store/custom-tags.ts';
import { saveEmbeddingFailures, saveEmbeddings } from '../store/embeddings.ts';
import { addExtraPath, removeExtraPath, setAlias } from '../store/extra-paths.ts';
import { movePaths, removePaths } from '../store/follow-paths.ts';
import type { BegunScan } from '../store/paths-in-motion.ts';
import { importAnnotations } from '../store/import-marks.ts';
import { removeJobs, saveJob } from '../store/jobs.ts';
import { mergeTags, removeTag, updateTag } from '../store/manage-tags.ts';
import { setNote, setRating } from '../store/marks.ts';
import { mergeSearch } from '../store/merge-search.ts';
import { savePerceptualHashes } from '../store/perceptual-hashes.ts';
import { prepareOrder } from '../store/prepare-order.ts';
import { removeSavedSearch, saveSearch } from '../store/saved-searches.ts';
import { setInfotext } from '../store/set-infotext.ts';
import { removeSetting, setSetting } from '../store/settings.ts';
import { fromSqliteFailure } from '../store/sqlite-failure.ts';
import { saveClusters, saveTitle } from '../store/topic-caches.ts';
import { removeMissing, saveFolders, writeBatch } from '../store/write-batch.ts';
import type { WriterStore } from '../store/writer-store.ts';
import { serveMethods } from './method-call.ts';

/** What a scan calls on the writing thread; each is one transaction. */
export function scanMethods(store: WriterStore, scan: BegunScan) {
  // What a scan that was given up had on its way comes after the next has begun, when nobody remembers any more
  // what was moved and removed since it was read.
  const during =
    <Input, Output>(work: (input: Input) => Output) =>
    (input: Input): Output => {
      if (!scan.isUnderWay()) throw new IndexError('closed', 'The scan is over');
      return work(input);
    };
  return {
    writeBatch: during((batch: PackedBatch): void => writeBatch(store, openBatch(batch))),
    removeMissing: during((missing: Parameters<ScanSink['removeMissing']>[0]): number =>
      removeMissing(store, missing),
    ),
    mergeSearch: during((): boolean => mergeSearch(store)),
    saveFolders: during((folders: Parameters<ScanSink['saveFolders']>[0]): void =>
      saveFolders(store, folders),
    ),
  };
}
export type ScanMethods = ReturnType<typeof scanMethods>;

/** Binds the store to a function of it and its input. */
const bound =
  <Input, Output>(store: WriterStore, work: (store: WriterStore, input: Input) => Output) =>
  (input: Input): Output =>
    work(store, input);

/** What the calling thread asks of the writing thread. */
export function writerMethods(store: WriterStore, tell: (change: IndexChange) => void) {
  return {
    ready: (): void => {},
    follow: (isFollowed: boolean): void => store.changes.follow(isFollowed ? tell : undefined),
    serveScan: ({ port }: { port: MessagePort }): void => {
      store.noticeForeign();
      const begun = store.motion.beginScan();
      port.on('close', () => begun.end());
      serveMethods(port, scanMethods(store, begun), (error) => fromSqliteFailure(error, store.db.name));
    },
    createTag: bound(store, createTag),
    setTag: bound(store, setTag),
    toggleTag: bound(store, toggleTag),
    updateTag: bound(store, updateTag),
    removeTag: bound(store, removeTag),
    mergeTags: bound(store, mergeTags),
    prepareOrder: bound(store, prepareOrder),
    setAutoTagRules: bound(store, setAutoTagRules),
    applyRulesAfter: bound(store, applyRulesAfter),
    setRating: bound(store, setRating),
    setNote: bound(store, setNote),
    importAnnotations: bound(store, importAnnotations),
    saveSearch: bound(store, saveSearch),
    removeSavedSearch: bound(store, removeSavedSearch),
    setSetting: bound(store, setSetting),
    removeSetting: bound(store, removeSetting),
    addExtraPath: bound(store, addExtraPath),
    removeExtraPath: bound(store, removeExtraPath),
    setAlias: bound(store, setAlias),
    reservePaths: (paths: readonly string[]): void => store.motion.hold(paths),
    releasePaths: (paths: readonly string[]): void => store.motion.release(paths),
    movePaths: bound(store, movePaths),
    removePaths: bound(store, removePaths),
    setInfotext: bound(store, setInfotext),
    saveEmbeddings: bound(store, saveEmbeddings),
    saveEmbeddingFailures: bound(store, saveEmbeddingFailures),
    saveTitle: bound(store, saveTitle),
    saveClusters: bound(store, saveClusters),
    savePerceptualHashes: bound(store, savePerceptualHashes),
    saveJob: bound(store, saveJob),
    removeJobs: bound(store, removeJobs),
    backUp: (kept: number | undefined): Promise<string> => backUp(store.db, kept),
    compact: (): void => {
      store.db.exec('VACUUM');
    },
    close: (): void => {
      try {
        store.db.pragma('optimize');
        store.db.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // Only tidying up: all that was written is safe in the log, and the next opening goes on from there.
      }
      store.db.close();
    },
  };
}
export type WriterMethods = ReturnType<typeof writerMethods>;
