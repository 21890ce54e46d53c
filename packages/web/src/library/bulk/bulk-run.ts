import { IndexRanges, type IndexRange } from '../lists/index-ranges.ts';

/** A file that could not be processed, and why. */
export interface BulkFailure {
  /** Empty where the reason names the file, or concerns all. */
  readonly name: string;
  readonly reason: string;
}

export interface BulkState {
  readonly done: number;
  readonly total: number;
  /** The first `MAX_LISTED_FAILURES`. */
  readonly failures: readonly BulkFailure[];
  readonly failed: number;
  /** Why the run is waiting for the server; undefined while it is not. */
  readonly waitingFor: string | undefined;
  readonly isOver: boolean;
}

export interface BulkFile {
  readonly fullpath: string;
  readonly name: string;
}

/**
 * Processes some files and returns those that failed. `isRetry` is set after a lost answer, when part of the files may
 * have been processed already. Throws if none of them was processed.
 */
export type ProcessFiles<File extends BulkFile> = (
  files: readonly File[],
  isRetry: boolean,
  signal: AbortSignal,
) => Promise<readonly BulkFailure[]>;

export interface BulkRunOptions<File extends BulkFile> {
  readonly indices: IndexRanges;
  readonly read: (indices: IndexRanges, signal: AbortSignal) => Promise<readonly File[]>;
  /** Whether a file was added to the list after the selection was made. */
  readonly isNew: (path: string) => boolean;
  readonly process: ProcessFiles<File>;
  readonly describe: (error: unknown) => string;
  readonly isConnectionFailure: (error: unknown) => boolean;
  /** Resolves when the server responds again. */
  readonly untilReconnected: (signal: AbortSignal) => Promise<void>;
  readonly onState: (state: BulkState) => void;
  readonly signal: AbortSignal;
}

/** How many files one request processes. */
export const CHUNK = 500;

const MAX_LISTED_FAILURES = 200;

/**
 * Processes any number of files in chunks, from the last index to the first, so that files which leave the list on the
 * way do not shift those still to come. A file that fails does not stop the run, and neither does a lost connection.
 */
export async function runInBulk<File extends BulkFile>(options: BulkRunOptions<File>): Promise<BulkState> {
  const { signal } = options;
  let state: BulkState = {
    done: 0,
    total: options.indices.count,
    failures: [],
    failed: 0,
    waitingFor: undefined,
    isOver: false,
  };
  const update = (change: Partial<BulkState>) => {
    state = { ...state, ...change };
    options.onState(state);
  };
  const addFailures = (failures: readonly BulkFailure[]) =>
    update({
      failures: [...state.failures, ...failures].slice(0, MAX_LISTED_FAILURES),
      failed: state.failed + failures.length,
    });
  const untilConnected = async <T>(attempt: (isRetry: boolean) => Promise<T>): Promise<T> => {
    for (let isRetry = false; ; isRetry = true) {
      try {
        return await attempt(isRetry);
      } catch (error) {
        if (signal.aborted || !options.isConnectionFailure(error)) throw error;
        update({ waitingFor: options.describe(error) });
        await options.untilReconnected(signal);
        signal.throwIfAborted();
        update({ waitingFor: undefined });
      }
    }
  };
  // A request that is refused because of one file is repeated with its halves, down to that file.
  const processAll = async (files: readonly File[]): Promise<void> => {
    signal.throwIfAborted();
    const [first] = files;
    if (first === undefined) return;
    try {
      addFailures(await untilConnected((isRetry) => options.process(files, isRetry, signal)));
      update({ done: state.done + files.length });
    } catch (error) {
      if (signal.aborted) throw error;
      if (files.length === 1) {
        addFailures([{ name: first.name, reason: options.describe(error) }]);
        update({ done: state.done + 1 });
        return;
      }
      const half = Math.ceil(files.length / 2);
      await processAll(files.slice(half));
      await processAll(files.slice(0, half));
    }
  };
  update({});
  try {
    for (const range of chunksFromEnd(options.indices)) {
      const files = await untilConnected(() => options.read(IndexRanges.of([range]), signal));
      await processAll(files.filter(({ fullpath }) => !options.isNew(fullpath)));
    }
  } catch (error) {
    if (!signal.aborted) addFailures([{ name: '', reason: options.describe(error) }]);
  }
  update({ isOver: true, waitingFor: undefined });
  return state;
}

/** Divides ranges into ranges of at most `CHUNK` indices, from the last to the first. */
export function chunksFromEnd({ ranges }: IndexRanges): IndexRange[] {
  return [...ranges].reverse().flatMap(([start, end]) =>
    Array.from({ length: Math.ceil((end - start) / CHUNK) }, (_, number): IndexRange => {
      const stop = end - number * CHUNK;
      return [Math.max(start, stop - CHUNK), stop];
    }),
  );
}
