import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { sep } from 'node:path';
import { FolderManifest } from './folder-manifest.ts';
import { mayBeSidecar, mediaOfName } from './file-names.ts';

export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  /** Microseconds since 1970. */
  readonly modified: number;
  readonly created: number;
}

export type Listing =
  | {
      readonly path: string;
      readonly available: true;
      readonly modified: number;
      /** Media alone, sidecars are in the manifest only. */
      readonly files: readonly ListedFile[];
      readonly manifest: number;
    }
  | { readonly path: string; readonly available: false };

export interface WalkOptions {
  /** Whether to leave a file or folder out, asked with its absolute path. */
  readonly excludes?: (path: string) => boolean;
}

// The folder in which IIB keeps its thumbnails, which has no tag.
const cacheFolders = new Set(['iib_cache']);

// What holds this file is a cache (https://bford.info/cachedir/), such as that of our thumbnails.
const cacheTag = 'CACHEDIR.TAG';

export const microseconds = (milliseconds: number): number => Math.round(milliseconds * 1000);

function statOrUndefined(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function realPathOrUndefined(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isPassedOver(name: string): boolean {
  return name.startsWith('.') || cacheFolders.has(name);
}

/** Joins without normalising: both parts come from the file system. */
export function childPath(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}

/** Lists every folder below the roots once, however many links lead to it; links that lead out are passed over. */
export class TreeWalk {
  readonly #excludes: (path: string) => boolean;
  readonly #seen = new Set<string>();
  readonly #linked: string[] = [];
  readonly #pending: string[];
  readonly #realRoots: readonly string[];

  constructor(roots: readonly string[], options: WalkOptions = {}) {
    this.#excludes = options.excludes ?? (() => false);
    this.#pending = [...roots].reverse();
    this.#realRoots = roots.map((root) => realPathOrUndefined(root) ?? root);
  }

  // What lies outside is not part of the library, even where a link in it leads there: whoever may search
  // the library may not see the rest of the disk.
  #leadsInside(link: string): boolean {
    const target = realPathOrUndefined(link);
    return target !== undefined && this.#realRoots.some((root) => isWithin(target, root));
  }

  *[Symbol.iterator](): Generator<Listing> {
    // Links to folders wait until the real ones are walked, so that each folder goes by its real path where it has one.
    while (true) {
      const path = this.#pending.pop() ?? this.#linked.shift();
      if (path === undefined) return;
      const listing = this.#list(path);
      if (listing !== undefined) yield listing;
    }
  }

  #list(path: string): Listing | undefined {
    const stats = statOrUndefined(path);
    if (stats === undefined || !stats.isDirectory()) return { path, available: false };
    const identity = stats.ino === 0 ? path : `${stats.dev}:${stats.ino}`;
    if (this.#seen.has(identity)) return undefined;
    this.#seen.add(identity);
    let entries: Dirent[];
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch {
      return { path, available: false };
    }
    if (entries.some(({ name }) => name === cacheTag)) return undefined;
    return this.#read(path, microseconds(stats.mtimeMs), entries);
  }

  #read(path: string, modified: number, entries: readonly Dirent[]): Listing {
    const files: ListedFile[] = [];
    const folders: string[] = [];
    const manifest = new FolderManifest();
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory()) {
        if (!isPassedOver(entry.name)) folders.push(childPath(path, entry.name));
      } else {
        this.#readFile(path, entry, files, manifest);
      }
    }
    this.#pending.push(...folders.filter((folder) => !this.#excludes(folder)).reverse());
    return { path, available: true, modified, files, manifest: manifest.value };
  }

  #readFile(folder: string, entry: Dirent, files: ListedFile[], manifest: FolderManifest): void {
    const { name } = entry;
    const isMedium = mediaOfName(name) !== undefined;
    if (!isMedium && !entry.isSymbolicLink() && !mayBeSidecar(name)) return;
    const path = childPath(folder, name);
    if (entry.isSymbolicLink() && !this.#leadsInside(path)) return;
    const stats = statOrUndefined(path);
    if (stats === undefined || this.#excludes(path)) return;
    if (stats.isDirectory()) {
      if (!isPassedOver(name)) this.#linked.push(path);
    } else if (stats.isFile() && (isMedium || mayBeSidecar(name))) {
      const modified = microseconds(stats.mtimeMs);
      manifest.add(name, stats.size, modified);
      if (isMedium) {
        const created = microseconds(stats.birthtimeMs || stats.ctimeMs);
        files.push({ name, bytes: stats.size, modified, created });
      }
    }
  }
}
