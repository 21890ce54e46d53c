import { type MessagePort, workerData } from 'node:worker_threads';
import {
  IndexError,
  type IndexProgress,
  type IndexSummary,
  type ReadPathsOptions,
  type UpdateOptions,
} from '@iib-kit/catalog';
import {
  buffersOf,
  type DescribeFile,
  type DescriberModule,
  excludesFrom,
  readPaths,
  scanRun,
} from '@iib-kit/catalog/scan';
import { type CallContext, ChannelCaller, portChannel, serveMethods } from '@iib-kit/threads';
import { createKnownFiles } from '../sqlite/read/lookups/known-files.ts';
import { fromSqliteFailure } from '../sqlite/connection/sqlite-failure.ts';
import { openReader } from '../sqlite/connection/open-connection.ts';
import { lowerThreadPriority } from './lower-thread-priority.ts';
import { reviveIndexError } from './revive-index-error.ts';
import type { ReadMethods, ScanMethods } from './writer-methods.ts';

const { path, describer, exclude } = workerData as {
  path: string;
  describer: string;
  exclude: readonly string[];
};

lowerThreadPriority();

const writerGone = new IndexError(
  'worker-failed',
  'The thread that writes the index ended during the update; start the update again',
);

interface ScanInput extends Omit<UpdateOptions, 'signal' | 'onProgress'> {
  readonly roots: readonly string[];
  readonly port: MessagePort;
}

interface ReadInput extends Omit<ReadPathsOptions, 'signal'> {
  readonly paths: readonly string[];
  readonly port: MessagePort;
}

const loadDescribe = async (): Promise<DescribeFile> =>
  ((await import(describer)) as DescriberModule).describeFile;

const methods = {
  async read({ port, ...asked }: ReadInput, { isCancelled }: CallContext): Promise<void> {
    const db = openReader(path);
    const writer = new ChannelCaller<ReadMethods>(portChannel(port), { reviveError: reviveIndexError });
    port.on('close', () => writer.fail(writerGone));
    try {
      await readPaths({
        ...asked,
        known: createKnownFiles(db),
        loadDescribe,
        excludes: excludesFrom(exclude),
        sink: { writeBatch: (batch) => writer.call('writeBatch', batch, { transfer: buffersOf(batch) }) },
        throwIfStopped: () => {
          if (isCancelled()) throw new Error('The reading was stopped');
        },
      });
    } finally {
      db.close();
      port.close();
    }
  },

  async scan(
    { port, ...asked }: ScanInput,
    { report, isCancelled }: CallContext<IndexProgress>,
  ): Promise<IndexSummary> {
    const db = openReader(path);
    const writer = new ChannelCaller<ScanMethods>(portChannel(port), { reviveError: reviveIndexError });
    port.on('close', () => writer.fail(writerGone));
    try {
      return await scanRun({
        ...asked,
        known: createKnownFiles(db),
        loadDescribe,
        excludes: excludesFrom(exclude),
        sink: {
          writeBatch: (batch) => writer.call('writeBatch', batch, { transfer: buffersOf(batch) }),
          relocate: (rows) => writer.call('relocate', rows),
          removeMissing: (missing) => writer.call('removeMissing', missing),
          mergeSearch: () => writer.call('mergeSearch', undefined),
          saveFolders: (folders) => writer.call('saveFolders', folders),
        },
        onProgress: report,
        throwIfStopped: () => {
          if (isCancelled()) throw new Error('The update was stopped');
        },
      });
    } finally {
      db.close();
      port.close();
    }
  },
};
export type ScannerMethods = typeof methods;

serveMethods(methods, { translateError: (error) => fromSqliteFailure(error, path) });
