import { lstatSync, readdirSync } from 'node:fs';

import { type CallContext, transfer } from '@iib-kit/threads';

import { createdMs } from './created-ms.ts';
import { entryKinds, type ReadPart } from './folder-part.ts';

/** Entries in one message: the receiving thread is busy with it for some milliseconds. */
const PART_SIZE = 1000;

const separator = process.platform === 'win32' ? '\\' : '/';

/** What a listing thread does. */
export const listingMethods = {
  /**
   * Reports the entries of a folder, a part at a time. Throws as `readdir` does. Waiting for each file in turn on a
   * thread of its own takes a quarter of the time that the thread pool takes, and next to nothing of the main thread's.
   */
  list(folder: string | Uint8Array, { report }: CallContext<ReadPart>): void {
    const path = typeof folder === 'string' ? folder : Buffer.from(folder);
    const names = namesIn(path);
    for (let start = 0; start < names.length; start += PART_SIZE) {
      const part = readPart(path, names.slice(start, start + PART_SIZE));
      report(
        transfer(part, [part.kinds.buffer, part.bytes.buffer, part.modified.buffer, part.created.buffer]),
      );
    }
  },
};
export type ListingMethods = typeof listingMethods;

/** Names that may have been misread as UTF-8 are bytes. */
function namesIn(folder: string | Buffer): readonly (string | Buffer)[] {
  const names = readdirSync(folder);
  if (!names.some(isDoubtful)) return names;
  return readdirSync(folder, 'buffer').map((bytes) => {
    const name = bytes.toString();
    return isDoubtful(name) ? bytes : name;
  });
}

/** Has a character that stands for what is no UTF-8, or may be one of those by which the index spells it. */
function isDoubtful(name: string): boolean {
  return name.includes('\uFFFD') || name.includes('\uDBFF');
}

function inFolder(folder: string | Buffer, name: string | Buffer): string | Buffer {
  if (typeof folder === 'string' && typeof name === 'string') {
    return folder.endsWith(separator) ? folder + name : folder + separator + name;
  }
  return Buffer.concat([Buffer.from(folder), Buffer.from(separator), Buffer.from(name)]);
}

/** What vanished in between, cannot be looked at, or is neither file nor folder nor link is left out. */
function readPart(folder: string | Buffer, all: readonly (string | Buffer)[]) {
  const names: (string | Buffer)[] = [];
  const kinds = new Uint8Array(all.length);
  const bytes = new Float64Array(all.length);
  const modified = new Float64Array(all.length);
  const created = new Float64Array(all.length);
  for (const name of all) {
    const stats = statsOf(inFolder(folder, name));
    if (stats === undefined) continue;
    const position = names.length;
    if (stats.isFile()) kinds[position] = entryKinds.file;
    else if (stats.isDirectory()) kinds[position] = entryKinds.folder;
    else if (stats.isSymbolicLink()) kinds[position] = entryKinds.link;
    else continue;
    bytes[position] = stats.size;
    modified[position] = stats.mtimeMs;
    created[position] = createdMs(stats);
    names.push(name);
  }
  return { names, kinds, bytes, modified, created };
}

function statsOf(file: string | Buffer) {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
