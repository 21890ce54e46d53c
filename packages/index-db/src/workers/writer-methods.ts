import type { MessagePort } from 'node:worker_threads';
import type { ExtraPathType, Tag } from '../image-index.ts';
import { addExtraPath, removeExtraPath } from '../store/extra-paths.ts';
import { backUp } from '../store/back-up.ts';
import { fromSqliteFailure } from '../store/sqlite-failure.ts';
import { createTag, setTag } from '../store/custom-tags.ts';
import { removeMissing, saveFolders, writeBatch } from '../store/write-batch.ts';
import type { WriterStore } from '../store/writer-store.ts';
import type { ScanSink } from '../scan/scan-run.ts';
import { serveMethods } from './method-call.ts';

/** What a scan calls on the writing thread; each is one transaction. */
export function scanMethods(store: WriterStore) {
  return {
    writeBatch: (batch: Parameters<ScanSink['writeBatch']>[0]): void => writeBatch(store, batch),
    removeMissing: (missing: Parameters<ScanSink['removeMissing']>[0]): void => removeMissing(store, missing),
    saveFolders: (folders: Parameters<ScanSink['saveFolders']>[0]): void => saveFolders(store, folders),
  };
}
export type ScanMethods = ReturnType<typeof scanMethods>;

/** What the calling thread asks of the writing thread. */
export function writerMethods(store: WriterStore) {
  return {
    ready: (): void => {},
    serveScan: ({ port }: { port: MessagePort }): void =>
      serveMethods(port, scanMethods(store), (error) => fromSqliteFailure(error, store.db.name)),
    createTag: (name: string): Tag => createTag(store, name),
    setTag: (input: { paths: readonly string[]; tagId: number; action: 'add' | 'remove' }): void =>
      setTag(store, input),
    addExtraPath: (input: { path: string; types: readonly ExtraPathType[] }): void =>
      addExtraPath(store, input),
    removeExtraPath: (input: { path: string; types: readonly ExtraPathType[] }): void =>
      removeExtraPath(store, input),
    backUp: (): Promise<string> => backUp(store.db),
    compact: (): void => {
      store.db.exec('VACUUM');
    },
    close: (): void => {
      store.db.pragma('optimize');
      store.db.pragma('wal_checkpoint(TRUNCATE)');
      store.db.close();
    },
  };
}
export type WriterMethods = ReturnType<typeof writerMethods>;
