import path from 'node:path';

import type { Updates, FileMoves } from '@iib-kit/catalog';
import type { Library } from '../../library/library.ts';
import type { Logger } from '../../ports/logger.ts';
import type { EntryGroup, OperationPlan, PlannedEntry } from './operation-plan.ts';

/** What following asks of an index. */
export type FollowedIndex = Pick<Updates, 'update' | 'readPaths'> & FileMoves;

/** Makes the index agree with what was done to files. */
export interface IndexFollower {
  /**
   * Works on files, while the index keeps what it knows of those that it will be told have another path or are gone. Rejects
   * before the work where the index could not be told.
   */
  holding<T>(how: OperationPlan['index'], groups: readonly EntryGroup[], work: () => Promise<T>): Promise<T>;
  /** Resolves when the index knows of new paths, of what is new there, and of what is gone. */
  tell(how: OperationPlan['index'], groups: readonly EntryGroup[]): Promise<void>;
  /** Forgets what the index keeps for what was in the trash and is deleted for good. */
  forgetStored(paths: readonly string[]): Promise<void>;
  /** Ends the reading. */
  close(): Promise<void>;
}

interface FollowerParts {
  readonly index: FollowedIndex;
  readonly library: Library;
  readonly log: Logger;
}

export function createIndexFollower({ index, library, log }: FollowerParts): IndexFollower {
  const reader = createFolderReader({ index, library, log });

  /** The files are where they belong: what cannot be read now is read by the next update. */
  async function readNow(paths: readonly string[]): Promise<void> {
    const inside = paths.filter((each) => library.contains(each));
    if (inside.length === 0) return;
    try {
      await index.readPaths(inside, { roots: library.folders(), linkTargets: library.linkTargets });
    } catch (error) {
      log.warn({ err: error }, 'new files could not be read yet');
    }
  }

  return {
    async holding(how, groups, work) {
      if (how === 'read' || how === 'return') return work();
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
      const changes = mains.flatMap((main) => knownPaths(main).map((from) => ({ from, to: main.to })));
      if (how === 'forget') {
        await index.removePaths(changes.map(({ from }) => from));
        return;
      }
      if (how === 'store') {
        await index.storePaths(changes);
        return;
      }
      if (how === 'follow') await index.movePaths(changes);
      if (how === 'return') await index.returnPaths(changes);
      await readNow(mains.map(({ to }) => to));
      // Finds what else changed in these folders, such as what describes a file.
      reader.readSoon(mains.map(({ to }) => path.dirname(to)));
    },
    forgetStored: (paths) => index.forgetStored(paths),
    close: () => reader.close(),
  };
}

/** Updates folders. Not waited for: an update of the whole library may be under way. */
function createFolderReader({ index, library, log }: FollowerParts) {
  const ending = new AbortController();
  let waiting = new Set<string>();
  let reading: Promise<void> | undefined;

  async function readFolders(): Promise<void> {
    while (waiting.size > 0 && !ending.signal.aborted) {
      const only = [...waiting];
      waiting = new Set();
      try {
        const { linkTargets } = library;
        await index.update(library.folders(), { only, linkTargets, signal: ending.signal });
      } catch (error) {
        if (!ending.signal.aborted) log.warn({ err: error }, 'changed folders could not be read again');
      }
    }
    reading = undefined;
  }

  return {
    readSoon(folders: readonly string[]): void {
      for (const folder of folders) if (library.contains(folder)) waiting.add(folder);
      if (waiting.size > 0) reading ??= readFolders();
    },
    async close(): Promise<void> {
      ending.abort();
      await reading;
    },
  };
}

/** Where the index may have an entry. */
function knownPaths({ from, alias }: PlannedEntry): string[] {
  return alias === undefined ? [from] : [from, alias];
}
