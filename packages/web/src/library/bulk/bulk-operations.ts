import { createSignal, type Accessor } from 'solid-js';

import { t } from '../../i18n/translate.ts';
import { useClient } from '../connection/client.ts';
import { runInBulk, type BulkFailure, type BulkFile, type BulkState } from './bulk-run.ts';
import { untilReconnected } from '../connection/connection.ts';
import { describeError } from '../connection/describe-error.ts';
import { isConnectionFailure } from '../connection/request-failure.ts';
import { useLiveEvents } from '../connection/live-events.ts';
import { reportFailure } from '../connection/query-client.ts';
import { applyPattern } from './rename-pattern.ts';
import { saveArchive } from '../files/save-file.ts';
import { selection } from '../lists/selection.ts';

export type BulkOperation =
  | { readonly kind: 'tag' | 'untag'; readonly name: string }
  | { readonly kind: 'rate'; readonly rating: number }
  | { readonly kind: 'move' | 'copy'; readonly folder: string }
  | { readonly kind: 'rename'; readonly pattern: string; readonly first: number }
  | { readonly kind: 'trash' }
  | { readonly kind: 'zip' };

export interface BulkProgress extends BulkState {
  readonly operation: BulkOperation;
  /** Ids in the trash, to be taken out again. */
  readonly trashed: readonly string[];
}

/** How many files are renamed at once. */
const RENAMES_AT_ONCE = 4;

/** Most files of one archive, and of one request to restore. */
const MOST_PATHS = 5000;

/** Does things to all selected images, one operation at a time; it goes on while other views are looked at. */
export function useBulkOperations(): {
  readonly progress: Accessor<BulkProgress | undefined>;
  readonly start: (operation: BulkOperation) => void;
  readonly cancel: () => void;
  readonly dismiss: () => void;
  readonly restore: (ids: readonly string[]) => Promise<readonly string[]>;
} {
  const client = useClient();
  const [progress, setProgress] = createSignal<BulkProgress>();
  const arrived = new Set<string>();
  let running: AbortController | undefined;
  useLiveEvents((event) => {
    if (event.type !== 'images' || running === undefined) return;
    for (const path of event.added) arrived.add(path);
    for (const { to } of event.moved) arrived.add(to);
  });

  const start = (operation: BulkOperation) => {
    const list = selection.list();
    const places = selection.places();
    if (running !== undefined || list === undefined || places.count === 0) return;
    const ending = new AbortController();
    running = ending;
    arrived.clear();
    const trashed: string[] = [];
    const work = worker(client, operation, places.count, trashed);
    const describe = (error: unknown) => {
      reportFailure(error);
      return describeError(error);
    };
    const run = async () => {
      const state = await runInBulk({
        places,
        read: list.frozen(),
        isNew: (path) => arrived.has(path),
        work: work.onFiles,
        describe,
        isConnectionFailure,
        untilReconnected,
        onState: (now) => {
          // It is over only when what comes after the last chunk is.
          const isOver = now.isOver && work.atEnd === undefined;
          setProgress({ ...now, isOver, operation, trashed });
        },
        signal: ending.signal,
      });
      const failures = ending.signal.aborted ? [] : [...((await work.atEnd?.(ending.signal)) ?? [])];
      running = undefined;
      const missed = ending.signal.aborted ? 0 : state.total - state.done;
      if (missed > 0) failures.push({ name: '', reason: t('bulk.missed', { count: missed }) });
      if (state.failed === 0 && failures.length === 0 && !ending.signal.aborted && work.emptiesSelection)
        selection.clear();
      setProgress({
        ...state,
        failures: [...state.failures, ...failures],
        done: state.done + missed,
        failed: state.failed + failures.length + Math.max(0, missed - 1),
        isOver: true,
        operation,
        trashed,
      });
    };
    void run();
  };
  return {
    progress,
    start,
    cancel: () => running?.abort(),
    dismiss: () => {
      if (running === undefined) setProgress(undefined);
    },
    restore: async (ids) => {
      const failures: string[] = [];
      for (let at = 0; at < ids.length; at += MOST_PATHS) {
        const part = ids.slice(at, at + MOST_PATHS);
        const { errors } = await client.fileSystem.restore({
          ids: [...part],
          continue_on_error: true,
          on_conflict: 'rename',
        });
        failures.push(...errors);
      }
      return failures;
    },
  };
}

interface Worker {
  readonly onFiles: (
    files: readonly BulkFile[],
    again: boolean,
    signal: AbortSignal,
  ) => Promise<readonly BulkFailure[]>;
  readonly atEnd?: (signal: AbortSignal) => Promise<readonly BulkFailure[]>;
  /** Whether what was selected is gone when all went well. */
  readonly emptiesSelection: boolean;
}

type Client = ReturnType<typeof useClient>;

function worker(client: Client, operation: BulkOperation, total: number, trashed: string[]): Worker {
  const pathsOf = (files: readonly BulkFile[]) => files.map(({ fullpath }) => fullpath);
  switch (operation.kind) {
    case 'tag':
    case 'untag': {
      const action = operation.kind === 'tag' ? 'add' : 'remove';
      let tag: Promise<number> | undefined;
      const tagId = () =>
        (tag ??= client.tags
          .add({ tag_name: operation.name })
          .then(({ id }) => id)
          .catch((error: unknown) => {
            tag = undefined;
            throw error;
          }));
      return {
        emptiesSelection: false,
        onFiles: async (files, _, signal) => {
          const input = { img_paths: pathsOf(files), action, tag_id: await tagId() } as const;
          await client.tags.batchUpdate(input, { signal });
          return [];
        },
      };
    }
    case 'rate':
      return {
        emptiesSelection: false,
        onFiles: async (files, _, signal) => {
          await client.marks.rate({ img_paths: pathsOf(files), rating: operation.rating }, { signal });
          return [];
        },
      };
    case 'move':
    case 'copy':
      return {
        emptiesSelection: operation.kind === 'move',
        onFiles: async (files, again) => {
          // An answer that was lost may have moved some already.
          const left = again && operation.kind === 'move' ? await stillThere(client, files) : files;
          if (left.length === 0) return [];
          const { errors } = await client.fileSystem[operation.kind]({
            file_paths: pathsOf(left),
            dest: operation.folder,
            continue_on_error: true,
            // What was copied before the answer was lost is not copied twice.
            on_conflict: again ? 'error' : 'rename',
          });
          return errors.map((reason) => ({ name: '', reason }));
        },
      };
    case 'trash':
      return {
        emptiesSelection: true,
        onFiles: async (files, again) => {
          const left = again ? await stillThere(client, files) : files;
          if (left.length === 0) return [];
          const answer = await client.fileSystem.remove({ file_paths: pathsOf(left), trash: true });
          trashed.push(...answer.trashed.map(({ id }) => id));
          return [];
        },
      };
    case 'rename': {
      // Chunks come from the end, numbers begin at the first image.
      let number = operation.first + total;
      return {
        emptiesSelection: false,
        onFiles: (files, again, signal) => {
          number -= again ? 0 : files.length;
          return renameAll(client, files, { pattern: operation.pattern, first: number, again, signal });
        },
      };
    }
    case 'zip': {
      const paths: string[] = [];
      return {
        emptiesSelection: false,
        onFiles: async (files) => {
          paths.unshift(...pathsOf(files));
          return [];
        },
        atEnd: (signal) => packAll(client, paths, signal),
      };
    }
    default:
      return operation satisfies never;
  }
}

async function stillThere(client: Client, files: readonly BulkFile[]): Promise<readonly BulkFile[]> {
  const exists = await client.fileSystem.exist({ paths: files.map(({ fullpath }) => fullpath) });
  return files.filter(({ fullpath }) => exists[fullpath] === true);
}

interface RenamePlan {
  readonly pattern: string;
  /** Number of the first file. */
  readonly first: number;
  readonly again: boolean;
  readonly signal: AbortSignal;
}

async function renameAll(
  client: Client,
  files: readonly BulkFile[],
  { pattern, first, again, signal }: RenamePlan,
): Promise<readonly BulkFailure[]> {
  const failures: BulkFailure[] = [];
  const left = again ? new Set(await stillThere(client, files)) : undefined;
  let next = 0;
  const renameNext = async (): Promise<void> => {
    for (;;) {
      const at = next;
      next += 1;
      const file = files[at];
      if (file === undefined) return;
      signal.throwIfAborted();
      const name = applyPattern(pattern, file.name, first + at);
      if (name === file.name || left?.has(file) === false) continue;
      try {
        await client.fileSystem.rename({ path: file.fullpath, name });
      } catch (error) {
        if (isConnectionFailure(error)) throw error;
        failures.push({ name: file.name, reason: describeError(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: RENAMES_AT_ONCE }, renameNext));
  return failures;
}

/** Packs archives of as many files as a request can name, and lets the browser save each. */
async function packAll(
  client: Client,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly BulkFailure[]> {
  const failures: BulkFailure[] = [];
  for (let at = 0; at < paths.length && !signal.aborted; at += MOST_PATHS) {
    try {
      const answer = await client.fileSystem.zip(
        { paths: paths.slice(at, at + MOST_PATHS), pack_only: true },
        { signal },
      );
      const packed = JSON.parse(new TextDecoder().decode(await answer.bytes())) as {
        name: string;
        bytes: number | null;
        job_id: string;
      };
      if (packed.bytes === null) await untilJobIsOver(client, packed.job_id, signal);
      saveArchive(packed.name);
    } catch (error) {
      if (!signal.aborted) failures.push({ name: '', reason: describeError(error) });
    }
  }
  return failures;
}

async function untilJobIsOver(client: Client, id: string, signal: AbortSignal): Promise<void> {
  for await (const job of client.jobs.follow(id, { signal })) {
    if (job.status === 'failed' || job.status === 'cancelled') throw new Error(job.error ?? job.status);
  }
}
