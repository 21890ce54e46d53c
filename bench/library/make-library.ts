import { closeSync, futimesSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { imageBytes } from './images/image-bytes.ts';
import { libraryRows, type LibraryOptions } from './library-rows.ts';

export interface MakeLibraryOptions extends LibraryOptions {
  /** Where to write the labels, as JSON `{ "relative/path.png": topic or null }`. Default: nowhere. */
  labels?: string;
  /** Called now and then with the number of files written. */
  onProgress?: (written: number) => void;
}

/** What was written: the labels map each relative path (`/` between parts) to its topic. */
export interface MadeLibrary {
  readonly root: string;
  readonly images: number;
  readonly folders: number;
  readonly bytes: number;
  readonly labels: ReadonlyMap<string, number | null>;
}

/**
 * Writes a library of small valid images below the folder, with the modification times of the rows.
 * Throws the file system's error where a file is already there: two libraries never mix.
 */
export function makeLibrary(root: string, options: MakeLibraryOptions): MadeLibrary {
  const labels = new Map<string, number | null>();
  const folders = new Set<string>();
  let bytes = 0;
  for (const row of libraryRows(options)) {
    const folder = join(root, row.folder);
    if (!folders.has(folder)) {
      mkdirSync(folder, { recursive: true });
      folders.add(folder);
    }
    const content = imageBytes(row);
    writeNewFile(join(folder, row.name), content, row.mtimeMs);
    labels.set(`${row.folder}/${row.name}`, row.topic);
    bytes += content.length;
    if (labels.size % 1_000 === 0) options.onProgress?.(labels.size);
  }
  if (options.labels !== undefined) writeFileSync(options.labels, JSON.stringify(Object.fromEntries(labels)));
  return { root, images: labels.size, folders: folders.size, bytes, labels };
}

function writeNewFile(path: string, content: Buffer, mtimeMs: number): void {
  const file = openSync(path, 'wx');
  try {
    writeSync(file, content);
    futimesSync(file, mtimeMs / 1_000, mtimeMs / 1_000);
  } finally {
    closeSync(file);
  }
}
