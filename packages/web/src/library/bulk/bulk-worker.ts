import type { Client } from '@iib-kit/client/browser';

import type { BulkFailure, BulkFile, ProcessFiles } from './bulk-run.ts';
import { renameFiles } from './rename-files.ts';
import { zipFiles } from './zip-files.ts';

export type BulkOperation =
  | { readonly kind: 'tag' | 'untag'; readonly name: string }
  | { readonly kind: 'rate'; readonly rating: number }
  | { readonly kind: 'move' | 'copy'; readonly folder: string }
  | { readonly kind: 'rename'; readonly pattern: string; readonly first: number }
  | { readonly kind: 'trash' }
  | { readonly kind: 'zip' };

/** Carries an operation out on one chunk of files after the other. */
export interface BulkWorker {
  readonly process: ProcessFiles<BulkFile>;
  /** Called after the last chunk. */
  readonly finish?: (signal: AbortSignal) => Promise<readonly BulkFailure[]>;
  /** Whether the selected files leave the list. */
  readonly emptiesSelection?: boolean;
}

/** `trashed` receives the ids of files in the trash. */
export function createBulkWorker(
  client: Client,
  operation: BulkOperation,
  total: number,
  trashed: string[],
): BulkWorker {
  switch (operation.kind) {
    case 'tag':
      return tagWorker(client, operation.name, 'add');
    case 'untag':
      return tagWorker(client, operation.name, 'remove');
    case 'rate':
      return rateWorker(client, operation.rating);
    case 'move':
    case 'copy':
      return transferWorker(client, operation.kind, operation.folder);
    case 'trash':
      return trashWorker(client, trashed);
    case 'rename':
      return renameWorker(client, operation, total);
    case 'zip':
      return zipWorker(client);
    default:
      return operation satisfies never;
  }
}

function tagWorker(client: Client, name: string, action: 'add' | 'remove'): BulkWorker {
  let tag: Promise<number> | undefined;
  const createTag = async () => {
    try {
      return (await client.tags.add({ tag_name: name })).id;
    } catch (error) {
      tag = undefined;
      throw error;
    }
  };
  return {
    process: async (files, _, signal) => {
      tag ??= createTag();
      await client.tags.batchUpdate({ img_paths: pathsOf(files), action, tag_id: await tag }, { signal });
      return [];
    },
  };
}

function rateWorker(client: Client, rating: number): BulkWorker {
  return {
    process: async (files, _, signal) => {
      await client.marks.rate({ img_paths: pathsOf(files), rating }, { signal });
      return [];
    },
  };
}

function transferWorker(client: Client, how: 'move' | 'copy', folder: string): BulkWorker {
  return {
    emptiesSelection: how === 'move',
    process: async (files, isRetry) => {
      const left = isRetry && how === 'move' ? await existingFiles(client, files) : files;
      if (left.length === 0) return [];
      const { errors } = await client.fileSystem[how]({
        file_paths: pathsOf(left),
        dest: folder,
        continue_on_error: true,
        // Prevents second copies of files that were copied before the answer was lost.
        on_conflict: isRetry ? 'error' : 'rename',
      });
      return errors.map((reason) => ({ name: '', reason }));
    },
  };
}

function trashWorker(client: Client, trashed: string[]): BulkWorker {
  return {
    emptiesSelection: true,
    process: async (files, isRetry) => {
      const left = isRetry ? await existingFiles(client, files) : files;
      if (left.length === 0) return [];
      const answer = await client.fileSystem.remove({ file_paths: pathsOf(left), trash: true });
      trashed.push(...answer.trashed.map(({ id }) => id));
      return [];
    },
  };
}

function renameWorker(
  client: Client,
  { pattern, first }: Extract<BulkOperation, { kind: 'rename' }>,
  total: number,
): BulkWorker {
  // Chunks come from the end, but numbers count from the first image.
  let number = first + total;
  return {
    process: async (files, isRetry, signal) => {
      number -= isRetry ? 0 : files.length;
      const left = isRetry ? new Set(await existingFiles(client, files)) : undefined;
      return renameFiles(client, files, { pattern, first: number, only: left, signal });
    },
  };
}

function zipWorker(client: Client): BulkWorker {
  const paths: string[] = [];
  return {
    process: async (files) => {
      paths.unshift(...pathsOf(files));
      return [];
    },
    finish: (signal) => zipFiles(client, paths, signal),
  };
}

async function existingFiles(client: Client, files: readonly BulkFile[]): Promise<readonly BulkFile[]> {
  const exists = await client.fileSystem.exist({ paths: pathsOf(files) });
  return files.filter(({ fullpath }) => exists[fullpath] === true);
}

function pathsOf(files: readonly BulkFile[]): string[] {
  return files.map(({ fullpath }) => fullpath);
}
