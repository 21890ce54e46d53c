import type { ImageSearches } from '@iib-kit/catalog';

import type { FileOperations } from '../files/file-operations.ts';
import { errorCode } from '../ports/error-code.ts';
import type { Logger } from '../ports/logger.ts';
import type { ThumbnailSource } from '../ports/thumbnail-source.ts';

const startMs = 10 * 60_000;
const everyMs = 24 * 3_600_000;
const pathsAtOnce = 500;

export interface HousekeepingParts {
  readonly index: Pick<ImageSearches, 'search'>;
  readonly thumbnails: Pick<ThumbnailSource, 'removeUnused'>;
  readonly files: Pick<FileOperations, 'trimTrash'>;
  readonly log: Logger;
}

/** What is done once a day. */
export interface Housekeeping {
  run(): Promise<void>;
  close(): Promise<void>;
}

/** Removes what belongs to nothing any more, some minutes after the start and then once a day. It keeps no process alive. */
export function startHousekeeping(parts: HousekeepingParts): Housekeeping {
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  const run = (): Promise<void> =>
    (running ??= keepHouse(parts, closing.signal).finally(() => {
      running = undefined;
    }));
  let next = performance.now() + startMs;
  const timer = setInterval(() => {
    if (performance.now() < next) return;
    next = performance.now() + everyMs;
    void run();
  }, startMs);
  timer.unref();
  return {
    run,
    async close() {
      clearInterval(timer);
      closing.abort();
      await running;
    },
  };
}

async function keepHouse(
  { index, thumbnails, files, log }: HousekeepingParts,
  signal: AbortSignal,
): Promise<void> {
  const steps = {
    thumbnails: () => thumbnails.removeUnused(imagePaths(index, signal), { signal }),
    trash: () => files.trimTrash(),
  };
  for (const [step, work] of Object.entries(steps)) {
    if (signal.aborted) return;
    try {
      await work();
    } catch (err) {
      if (signal.aborted || errorCode(err) === 'closed') return;
      log.warn(
        { err, step },
        'what belongs to nothing any more could not be removed; it is tried again in a day',
      );
    }
  }
}

/** The paths of all images and videos of the library, a page at a time. */
async function* imagePaths(
  index: Pick<ImageSearches, 'search'>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let cursor = '';
  for (;;) {
    const page = await index.search({ cursor, size: pathsAtOnce }, { signal });
    for (const { path } of page.items) yield path;
    if (!page.hasNext) return;
    cursor = page.next;
  }
}
