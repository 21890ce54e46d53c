import path from 'node:path';

import type { Updates, FileMoves } from '@iib-kit/catalog';
import type { Library } from '../../library/library.ts';
import type { Logger } from '../../ports/logger.ts';
import type { EntryGroup, OperationPlan, PlannedEntry } from './operation-plan.ts';

/** What following asks of an index. */
export type FollowedIndex = Pick<Updates, 'update'> & FileMoves;

/** Makes the index agree with what was done to files. */
export interface IndexFollower {
  /** Works on files, while the index keeps what it knows of those that it will be told have another path. */
  holding<T>(how: OperationPlan['index'], groups: readonly EntryGroup[], work: () => Promise<T>): Promise<T>;
  /** Resolves when the index knows of new paths and of what is gone; what is new is read soon after. */
  tell(how: OperationPlan['index'], groups: readonly EntryGroup[]): Promise<void>;
  /** Ends the reading. */
  close(): Promise<void>;
}

export function createIndexFollower(options: {
  index: FollowedIndex;
  library: Library;
  log: Logger;
}): IndexFollower {
  const { index, library, log } = options;
  const ending = new AbortController();
  let waiting = new Set<string>();
  let reading: Promise<void> | undefined;

  async function readFolders(): Promise<void> {
    while (waiting.size > 0 && !ending.signal.aborted) {
      const only = [...waiting];
      waiting = new Set();
      try {
        await index.update(library.folders(), { only, signal: ending.signal });
      } catch (error) {
        if (!ending.signal.aborted) log.warn({ err: error }, 'changed folders could not be read again');
      }
    }
    reading = undefined;
  }

  /** Not waited for: an update of the whole library may be under way. */
  function readSoon(groups: readonly EntryGroup[]): void {
    for (const [main] of groups) {
      const folder = path.dirname(main.to);
      if (library.contains(folder)) waiting.add(folder);
    }
    if (waiting.size > 0) reading ??= readFolders();
  }

  return {
    async holding(how, groups, work) {
      if (how !== 'follow') return work();
      const paths = groups.flatMap(([main]) => knownPaths(main));
      await index.reservePaths(paths);
      try {
        return await work();
      } finally {
        await index.releasePaths(paths);
      }
    },
    async tell(how, groups) {
      const mains = groups.map(([main]) => main);
      if (how === 'forget') {
        await index.removePaths(mains.flatMap(knownPaths));
        return;
      }
      if (how === 'follow') {
        await index.movePaths(
          mains.flatMap((main) => knownPaths(main).map((from) => ({ from, to: main.to }))),
        );
      }
      readSoon(groups);
    },
    async close() {
      ending.abort();
      await reading;
    },
  };
}

/** Where the index may have an entry. */
function knownPaths({ from, alias }: PlannedEntry): string[] {
  return alias === undefined ? [from] : [from, alias];
}
