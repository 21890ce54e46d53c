import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { IndexProgress, IndexSummary } from '@iib-kit/catalog';
import { buffersOf, type DescriberModule, excludesFrom, scanRun } from '@iib-kit/catalog/scan';
import { createKnownFiles } from '../sqlite/read/lookups/known-files.ts';
import { fromSqliteFailure } from '../sqlite/connection/sqlite-failure.ts';
import { openReader } from '../sqlite/connection/open-connection.ts';
import { giveWay } from './lower-thread-priority.ts';
import { createMethodCaller, serveMethods } from './method-call.ts';
import { stopMessage } from './cancellation-flag.ts';
import type { ScanMethods } from './writer-methods.ts';

const { path, describer, exclude } = workerData as {
  path: string;
  describer: string;
  exclude: readonly string[];
};

giveWay();

interface ScanInput {
  readonly roots: readonly string[];
  readonly only?: readonly string[] | undefined;
  readonly reread?: boolean | undefined;
  readonly port: MessagePort;
  /** Not 0 once the run is to stop. */
  readonly stop: Int32Array;
}

function report(event: IndexProgress): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage({ event });
}

const methods = {
  async scan({ roots, only, reread, port, stop }: ScanInput): Promise<IndexSummary> {
    const db = openReader(path);
    const writer = createMethodCaller<ScanMethods>(port);
    try {
      return await scanRun({
        roots,
        only,
        reread,
        known: createKnownFiles(db),
        loadDescribe: async () => ((await import(describer)) as DescriberModule).describeFile,
        excludes: excludesFrom(exclude),
        sink: {
          writeBatch: (batch) => writer.call('writeBatch', batch, buffersOf(batch)),
          removeMissing: (missing) => writer.call('removeMissing', missing),
          mergeSearch: () => writer.call('mergeSearch', undefined),
          saveFolders: (folders) => writer.call('saveFolders', folders),
        },
        onProgress: report,
        throwIfStopped: () => {
          if (Atomics.load(stop, 0) !== 0) throw new Error(stopMessage);
        },
      });
    } finally {
      db.close();
      port.close();
    }
  },
};
export type ScannerMethods = typeof methods;

if (parentPort !== null) serveMethods(parentPort, methods, (error) => fromSqliteFailure(error, path));
