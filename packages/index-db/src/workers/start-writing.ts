import { type CallOptions, IndexError } from '@iib-kit/catalog';
import { type InputOf, type OutputOf, superviseWorker, type SupervisedWorker } from '@iib-kit/threads';
import { type DatabaseFile, databaseFileAt } from '../sqlite/connection/database-file.ts';
import type { WriterLimits } from '../sqlite/connection/open-connection.ts';
import type { Activity } from './activity.ts';
import { type ChangeFeed, createChangeFeed } from './change-feed.ts';
import { startIndexThread } from './start-index-thread.ts';
import type { WriterMethods } from './writer-methods.ts';

// A batch of files with their texts, several times over.
const writerMemory = { oldMegabytes: 256, youngMegabytes: 16 };

/** The one thread that writes. One that ends by itself is replaced by one that knows what it knew. */
export interface Writing {
  readonly writer: SupervisedWorker<WriterMethods>;
  readonly feed: ChangeFeed;
  /** Asks the thread, and remembers which paths are reserved. */
  call<K extends keyof WriterMethods>(
    method: K,
    input: InputOf<WriterMethods, K>,
    options?: CallOptions,
  ): Promise<OutputOf<WriterMethods, K>>;
  /** Rejects where the thread cannot be replaced, or found the database replaced when it was called last. */
  ping(): Promise<void>;
  /** Waits until the thread has opened the database; from then on none opens another file. */
  open(): Promise<DatabaseFile>;
}

export function startWriting(path: string, limits: WriterLimits, activity: Activity): Writing {
  let file: DatabaseFile | undefined;
  let replaced: IndexError | undefined;
  const reserved: (readonly string[])[] = [];
  const writer = superviseWorker<WriterMethods>({
    start: () =>
      startIndexThread('writer-worker.js', { path, limits, file, activity: activity.memory }, writerMemory),
    onReplaced(thread) {
      feed.resume(thread);
      // It fails only where the thread cannot start, and then the next one is told.
      for (const paths of reserved) thread.call('reservePaths', [paths]).catch(() => {});
    },
  });
  const feed = createChangeFeed(writer);
  return {
    writer,
    feed,
    async call(method, input, options) {
      if (method === 'releasePaths') drop(reserved, pathsOf(input));
      try {
        const output = await writer.call(method, input, options);
        replaced = undefined;
        if (method === 'reservePaths') reserved.push(pathsOf(input));
        return output;
      } catch (error) {
        if (error instanceof IndexError && error.code === 'replaced') replaced = error;
        throw error;
      }
    },
    async ping() {
      await writer.running();
      if (replaced) throw replaced;
    },
    async open() {
      await writer.ready();
      return (file = databaseFileAt(path));
    },
  };
}

/** The input of both methods is a list of one list. */
function pathsOf(input: unknown): readonly string[] {
  return (input as [readonly string[]])[0];
}

function drop(reserved: (readonly string[])[], paths: readonly string[]): void {
  const key = paths.join('\0');
  const index = reserved.findIndex((other) => other.join('\0') === key);
  if (index !== -1) reserved.splice(index, 1);
}
