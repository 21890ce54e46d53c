import { IndexError } from '@iib-kit/catalog';
import type { WorkerClient } from '@iib-kit/threads';
import type { ScannerMethods } from '../scanner-worker.ts';
import { startIndexThread } from '../start-index-thread.ts';

// The names and times of millions of new files are kept, to be read in the order of time.
// Reading a file leaves little behind that is used a moment later: with half of this room it takes a fifth longer.
const scannerMemory = { oldMegabytes: 1024, youngMegabytes: 16 };

export const scanOver = new IndexError('closed', 'The scan is over');
/** How long a thread that waits for work is kept, in milliseconds. */
const preparedFor = 30_000;

export interface ScannerParts {
  readonly path: string;
  /** URL of the module that exports `describeFile`. */
  readonly describer: string;
  /** Glob patterns of what is left out. */
  readonly exclude: readonly string[];
}

/** Scanning threads, of which one may be started before it is needed, or kept for a while after. */
export function createScanners(parts: ScannerParts) {
  const start = (): WorkerClient<ScannerMethods> =>
    startIndexThread<ScannerMethods>('scanner-worker.js', { ...parts }, scannerMemory);
  let prepared:
    | { readonly scanner: WorkerClient<ScannerMethods>; readonly expiry: NodeJS.Timeout }
    | undefined;

  function takePrepared(): WorkerClient<ScannerMethods> | undefined {
    const taken = prepared;
    prepared = undefined;
    clearTimeout(taken?.expiry);
    return taken?.scanner;
  }
  const endPrepared = async (): Promise<void> => takePrepared()?.end(scanOver);

  function keep(scanner: WorkerClient<ScannerMethods>): void {
    const expiry = setTimeout(() => void endPrepared(), preparedFor);
    expiry.unref();
    prepared = { scanner, expiry };
  }

  return {
    prepare(): void {
      if (prepared === undefined) keep(start());
    },
    keep,
    take: (): WorkerClient<ScannerMethods> => takePrepared() ?? start(),
    endPrepared,
  };
}
