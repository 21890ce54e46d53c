import { IndexRanges, type IndexRange } from '../lists/index-ranges.ts';

/** Something that could not be done, with the reason in words. */
export interface BulkFailure {
  readonly name: string;
  readonly reason: string;
}

export interface BulkState {
  readonly done: number;
  readonly total: number;
  readonly failures: readonly BulkFailure[];
  /** How many failed; only the first are listed. */
  readonly failed: number;
  /** Waits for the server, with the reason. */
  readonly waitingFor: string | undefined;
  readonly isOver: boolean;
}

export interface BulkFile {
  readonly fullpath: string;
  readonly name: string;
}

export interface BulkRunOptions<File extends BulkFile> {
  readonly places: IndexRanges;
  readonly read: (places: IndexRanges, signal: AbortSignal) => Promise<readonly File[]>;
  /** Whether a file came to the list after it was selected. */
  readonly isNew: (path: string) => boolean;
  /**
   * Does it for some files; answers what failed of them. `again` tells that an answer was lost: part of it may have
   * been done. Throws when none of it was done.
   */
  readonly work: (
    files: readonly File[],
    again: boolean,
    signal: AbortSignal,
  ) => Promise<readonly BulkFailure[]>;
  readonly describe: (error: unknown) => string;
  readonly isConnectionFailure: (error: unknown) => boolean;
  /** Resolves when the server answers again. */
  readonly untilReconnected: (signal: AbortSignal) => Promise<void>;
  readonly onState: (state: BulkState) => void;
  readonly signal: AbortSignal;
}

/** How many files are worked on at once. */
export const CHUNK = 500;

/** Most failures that are listed. */
const LISTED = 200;

/**
 * Does something to many files, in chunks from the last place to the first, so that files which leave the list move
 * none that are still to come. One bad file ends nothing; a server that went away is waited for.
 */
export async function runInBulk<File extends BulkFile>(options: BulkRunOptions<File>): Promise<BulkState> {
  const { signal } = options;
  let state: BulkState = {
    done: 0,
    total: options.places.count,
    failures: [],
    failed: 0,
    waitingFor: undefined,
    isOver: false,
  };
  const tell = (change: Partial<BulkState>) => {
    state = { ...state, ...change };
    options.onState(state);
  };
  const fail = (failures: readonly BulkFailure[]) =>
    tell({
      failures: [...state.failures, ...failures].slice(0, LISTED),
      failed: state.failed + failures.length,
    });
  /** Tries again when the server is back. */
  const patiently = async <T>(attempt: (again: boolean) => Promise<T>): Promise<T> => {
    for (let again = false; ; again = true) {
      try {
        return await attempt(again);
      } catch (error) {
        if (signal.aborted || !options.isConnectionFailure(error)) throw error;
        tell({ waitingFor: options.describe(error) });
        await options.untilReconnected(signal);
        signal.throwIfAborted();
        tell({ waitingFor: undefined });
      }
    }
  };
  /** Where all are refused for the sake of one, the halves are tried, down to the one. */
  const workOn = async (files: readonly File[]): Promise<void> => {
    signal.throwIfAborted();
    const [first] = files;
    if (first === undefined) return;
    try {
      fail(await patiently((again) => options.work(files, again, signal)));
      tell({ done: state.done + files.length });
    } catch (error) {
      if (signal.aborted) throw error;
      if (files.length === 1) {
        fail([{ name: first.name, reason: options.describe(error) }]);
        tell({ done: state.done + 1 });
        return;
      }
      const half = Math.ceil(files.length / 2);
      await workOn(files.slice(half));
      await workOn(files.slice(0, half));
    }
  };
  tell({});
  try {
    for (const range of chunksFromEnd(options.places)) {
      const files = await patiently(() => options.read(IndexRanges.of([range]), signal));
      await workOn(files.filter(({ fullpath }) => !options.isNew(fullpath)));
    }
  } catch (error) {
    if (!signal.aborted) fail([{ name: '', reason: options.describe(error) }]);
  }
  tell({ isOver: true, waitingFor: undefined });
  return state;
}

/** Ranges of at most `CHUNK` places, the last first. */
export function chunksFromEnd({ ranges }: IndexRanges): IndexRange[] {
  return [...ranges].reverse().flatMap(([start, end]) =>
    Array.from({ length: Math.ceil((end - start) / CHUNK) }, (_, number): IndexRange => {
      const stop = end - number * CHUNK;
      return [Math.max(start, stop - CHUNK), stop];
    }),
  );
}
