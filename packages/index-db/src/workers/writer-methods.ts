import type { MessagePort } from 'node:worker_threads';
import { IndexError, type IndexChange } from '@iib-kit/catalog';
import { openBatch, type PackedBatch, type RelocatedRow, type ScanSink } from '@iib-kit/catalog/scan';
import { portChannel, serveMethods } from '@iib-kit/threads';
import { applyRulesAfter, setAutoTagRules } from '../sqlite/write/tags/auto-tags.ts';
import { backUp } from '../sqlite/connection/back-up.ts';
import { levelStatistics } from '../sqlite/connection/level-statistics.ts';
import { vacuum } from '../sqlite/connection/vacuum.ts';
import { createTag, setTag, toggleTag } from '../sqlite/write/tags/custom-tags.ts';
import { saveEmbeddingFailures, saveEmbeddings } from '../sqlite/write/embeddings.ts';
import { addExtraPath, removeExtraPath, setAlias } from '../sqlite/write/extra-paths.ts';
import {
  movePaths,
  removePaths,
  reservePaths,
  returnPaths,
  forgetStored,
  storePaths,
} from '../sqlite/write/images/follow-paths.ts';
import { relocateRows } from '../sqlite/write/images/relocate-rows.ts';
import type { BegunRead, BegunScan } from '../sqlite/write/images/in-flight-moves.ts';
import { importAnnotations } from '../sqlite/write/import-annotations.ts';
import { removeJobs, saveJob } from '../sqlite/write/jobs.ts';
import { mergeTags, removeTag, updateTag } from '../sqlite/write/tags/manage-tags.ts';
import { setNote, setRating } from '../sqlite/write/annotations.ts';
import { mergeSegments } from '../sqlite/write/upkeep/merge-segments.ts';
import type { UpkeepTask } from '../sqlite/write/upkeep/upkeep-task.ts';
import { savePerceptualHashes } from '../sqlite/write/perceptual-hashes.ts';
import { prepareOrder } from '../sqlite/write/prepare-order.ts';
import { removeSavedSearch, saveSearch } from '../sqlite/write/saved-searches.ts';
import { setInfotext } from '../sqlite/write/images/set-infotext.ts';
import { removeSetting, setSetting } from '../sqlite/write/settings.ts';
import { fromSqliteFailure } from '../sqlite/connection/sqlite-failure.ts';
import { noteClustersUse, saveClusters, saveTitle } from '../sqlite/write/topic-caches.ts';
import { removeMissing, saveFolders, writeBatch } from '../sqlite/write/images/write-batch.ts';
import type { WriterStore } from '../sqlite/write/writer-store.ts';
import { bindMethods } from './bind-methods.ts';
import { checkedMethods } from './checked-methods.ts';
import type { AnswersOf } from './method-table.ts';
import type { UpkeepSchedule } from './upkeep/upkeep-schedule.ts';

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
    relocate: during((rows: readonly RelocatedRow[]): number => relocateRows(store, rows)),
    removeMissing: during((missing: Parameters<ScanSink['removeMissing']>[0]): number =>
      removeMissing(store, missing),
    ),
    mergeSearch: during((): boolean => mergeSegments(store)),
    saveFolders: during((folders: Parameters<ScanSink['saveFolders']>[0]): void =>
      saveFolders(store, folders),
    ),
  };
}
export type ScanMethods = ReturnType<typeof scanMethods>;

/** What a reading of single paths calls on the writing thread. */
export function readMethods(store: WriterStore, read: BegunRead) {
  return {
    writeBatch: (batch: PackedBatch): void => writeBatch(store, openBatch(batch), read),
  };
}
export type ReadMethods = ReturnType<typeof readMethods>;

/** What is written for the methods of an index, and for parts of those that take several calls. */
const writers = {
  applyRulesAfter,
  backUp: ({ db }: WriterStore, kept: number | undefined): Promise<string> => backUp(db, kept),
  importAnnotations,
  prepareOrder,
  setAutoTagRules,
  compact: ({ db }: WriterStore): void => {
    vacuum(db);
  },
  reservePaths,
  releasePaths: ({ moves }: WriterStore, paths: readonly string[]): void => moves.release(paths),
  movePaths,
  removePaths,
  storePaths,
  forgetStored,
  returnPaths,
  setInfotext,
  createTag,
  setTag,
  toggleTag,
  updateTag,
  removeTag,
  mergeTags,
  setRating,
  setNote,
  saveSearch,
  removeSavedSearch,
  setSetting,
  removeSetting,
  addExtraPath,
  removeExtraPath,
  setAlias,
  saveEmbeddings,
  saveEmbeddingFailures,
  savePerceptualHashes,
  saveTitle,
  saveClusters,
  noteClustersUse,
  saveJob,
  removeJobs,
} satisfies AnswersOf<'writer', WriterStore> & Record<string, unknown>;

function closeStore({ db }: WriterStore): void {
  try {
    db.pragma('optimize');
    levelStatistics(db);
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // Only tidying up: all that was written is safe in the log, and the next opening continues from there.
  }
  db.close();
}

export interface WriterParts {
  /** Throws where the database is no longer the file at its path. */
  readonly checkFile: () => void;
  readonly tasks: readonly UpkeepTask[];
  readonly upkeep: Pick<UpkeepSchedule, 'wake' | 'pause' | 'close'>;
}

/** What the calling thread asks of the writing thread. */
export function writerMethods(
  store: WriterStore,
  notify: (change: IndexChange) => void,
  { checkFile, tasks, upkeep }: WriterParts,
) {
  const methods = {
    ...bindMethods(store, writers),
    /** Runs a thorough slice of the task with this number; gives that of the task to go on with, if one is left. */
    optimizeFrom: ([number]: [number]): number | undefined => {
      const next = tasks[number]?.runSlice(true) === true ? number : number + 1;
      return next < tasks.length ? next : undefined;
    },
  };
  const beforeAndAfter = (): void => {
    checkFile();
    upkeep.wake();
  };
  return {
    ...checkedMethods(methods, beforeAndAfter),
    follow: (isFollowed: boolean): void => store.changes.follow(isFollowed ? notify : undefined),
    serveScan: ({ port }: { port: MessagePort }): void => {
      checkFile();
      store.noticeExternal();
      const begun = store.moves.beginScan();
      const resumeUpkeep = upkeep.pause();
      port.on('close', () => {
        begun.end();
        upkeep.wake();
        resumeUpkeep();
      });
      serveMethods(checkedMethods(scanMethods(store, begun), checkFile), {
        channel: portChannel(port),
        translateError: (error) => fromSqliteFailure(error, store.db.name),
      });
    },
    serveRead: ({ port }: { port: MessagePort }): void => {
      checkFile();
      const begun = store.moves.beginRead();
      port.on('close', () => {
        begun.end();
        upkeep.wake();
      });
      serveMethods(checkedMethods(readMethods(store, begun), checkFile), {
        channel: portChannel(port),
        translateError: (error) => fromSqliteFailure(error, store.db.name),
      });
    },
    close: (): void => {
      upkeep.close();
      closeStore(store);
    },
  };
}
export type WriterMethods = ReturnType<typeof writerMethods>;
