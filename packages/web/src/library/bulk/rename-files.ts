import type { Client } from '@iib-kit/client/browser';

import { describeError } from '../connection/describe-error.ts';
import { isConnectionFailure } from '../connection/request-failure.ts';
import type { BulkFailure, BulkFile } from './bulk-run.ts';
import { applyPattern } from './rename-pattern.ts';

const MAX_CONCURRENT_RENAMES = 4;

export interface RenameOptions {
  readonly pattern: string;
  /** The number of the first file. */
  readonly first: number;
  /** Files that still have their old names; undefined for all. */
  readonly only: ReadonlySet<BulkFile> | undefined;
  readonly signal: AbortSignal;
}

/** Renames files by a pattern; returns those that failed, and throws when the connection is lost. */
export async function renameFiles(
  client: Client,
  files: readonly BulkFile[],
  { pattern, first, only, signal }: RenameOptions,
): Promise<readonly BulkFailure[]> {
  const failures: BulkFailure[] = [];
  const queue = files.entries();
  const renameFromQueue = async (): Promise<void> => {
    for (const [position, file] of queue) {
      signal.throwIfAborted();
      const name = applyPattern(pattern, file.name, first + position);
      if (name === file.name || only?.has(file) === false) continue;
      try {
        await client.fileSystem.rename({ path: file.fullpath, name });
      } catch (error) {
        if (isConnectionFailure(error)) throw error;
        failures.push({ name: file.name, reason: describeError(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT_RENAMES }, renameFromQueue));
  return failures;
}
