import { systemPath } from '../text/system-path.ts';
import { type Stats, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { FolderManifest } from './folder-manifest.ts';
import { type FolderEntry, listFolder } from './list-folder.ts';
import { mayBeSidecar, mediaOfName } from './file-names.ts';
import { realPathOrUndefined } from './real-path.ts';

export interface FoundFile {
  readonly name: string;
  readonly bytes: number;
  /** Microseconds since 1970. */
  readonly modified: number;
  readonly created: number;
  /** A number that changes with the files that may describe this one; 0 where there are none. */
  readonly sidecar: number;
}

export type Listing =
  | {
      readonly path: string;
      readonly available: true;
      readonly modified: number;
      /** Media alone. */
      readonly files: readonly FoundFile[];
      /** Paths of the folders in it, entered or not. */
      readonly folders: readonly string[];
      /** Whether it lies on another drive than the folder that holds it. */
      readonly isMountPoint: boolean;
      readonly manifest: number;
    }
  | { readonly path: string; readonly available: false };

export interface WalkOptions {
  /** Whether to leave a file or folder out, asked with its absolute path. */
  readonly excludes?: (path: string) => boolean;
  /** Whether to go on into a folder found on the way; always, unless given. */
  readonly enters?: (path: string) => boolean;
  /** Folders that links may lead into; those where the walk begins, unless given. */
  readonly within?: readonly string[];
}

// Folders of programs and systems, in lower case: thumbnails of IIB, which have no tag; thumbnails, recycle bins, snapshots
// and parts of files of Synology and QNAP; recycle bins and restore points of Windows; what macOS adds to archives; what
// file system checks find.
const systemFolders = new Set([
  'iib_cache',
  '@eadir',
  '@tmp',
  '@synoresource',
  '@synoeastream',
  '#recycle',
  '#snapshot',
  '@recycle',
  '@recently-snapshot',
  '$recycle.bin',
  'recycler',
  'system volume information',
  '__macosx',
  'lost+found',
]);

// What holds this file has no pictures to be shown, as Android means it; a folder of the library itself has.
const noMediaMark = '.nomedia';

// What holds this file is a cache (https://bford.info/cachedir/), such as that of our thumbnails.
const cacheTag = 'CACHEDIR.TAG';

export const microseconds = (milliseconds: number): number => Math.round(milliseconds * 1000);

function statOrUndefined(path: string): Stats | undefined {
  try {
    return statSync(systemPath(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

export function isThere(path: string): boolean {
  return statOrUndefined(path) !== undefined;
}

/** What identifies a folder: on NTFS and network drives numbers of 64 bits, of which doubles hold 53. */
interface FolderStats {
  readonly device: bigint;
  readonly inode: bigint;
  readonly modified: number;
}

function folderStatsOrUndefined(path: string): FolderStats | undefined {
  try {
    const stats = statSync(systemPath(path), { bigint: true, throwIfNoEntry: false });
    if (stats === undefined || !stats.isDirectory()) return undefined;
    const { dev, ino, mtimeNs } = stats;
    // As `mtimeMs` of other stats is computed, to the last digit.
    const milliseconds = Number(mtimeNs / 1_000_000_000n) * 1000 + Number(mtimeNs % 1_000_000_000n) / 1e6;
    return { device: dev, inode: ino, modified: microseconds(milliseconds) };
  } catch {
    return undefined;
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Whether files or folders of this name are never looked at. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || systemFolders.has(name.toLowerCase());
}

/** Joins without normalising: both parts come from the file system. */
export function childPath(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}

/** A folder to list, with the drive of the folder that holds it; undefined for links, which may lead anywhere. */
interface PendingFolder {
  readonly path: string;
  readonly parentDevice: bigint | undefined;
}

interface FolderContents {
  readonly files: FoundFile[];
  readonly folders: string[];
  /** By the name without its last extension, or without both of `name.swarm.json`. */
  readonly sidecars: Map<string, FolderManifest>;
  readonly manifest: FolderManifest;
}

function addSidecar(
  sidecars: FolderContents['sidecars'],
  name: string,
  bytes: number,
  modified: number,
): void {
  const stem = name.replace(/(?:\.swarm)?\.[^.]+$/i, '');
  const manifest = sidecars.get(stem) ?? new FolderManifest();
  manifest.add(name, bytes, modified);
  sidecars.set(stem, manifest);
}

/** A sidecar is named after its medium, with the medium's extension or without. */
function withSidecar(file: FoundFile, sidecars: FolderContents['sidecars']): FoundFile {
  const manifest = sidecars.get(file.name) ?? sidecars.get(file.name.replace(/\.[^.]+$/, ''));
  return manifest === undefined ? file : { ...file, sidecar: manifest.value };
}

/** Lists every folder below the roots once, however many links lead to it; links that lead out are passed over. */
export class TreeWalk {
  readonly #excludes: (path: string) => boolean;
  readonly #seen = new Set<string>();
  readonly #linked: string[] = [];
  readonly #pending: PendingFolder[];
  readonly #realRoots: readonly string[];
  readonly #roots: ReadonlySet<string>;
  readonly #enters: (path: string) => boolean;

  constructor(roots: readonly string[], options: WalkOptions = {}) {
    this.#excludes = options.excludes ?? (() => false);
    this.#pending = roots
      .map((path) => ({ path, parentDevice: folderStatsOrUndefined(dirname(path))?.device }))
      .reverse();
    this.#roots = new Set(options.within ?? roots);
    this.#enters = options.enters ?? (() => true);
    this.#realRoots = (options.within ?? roots).map((root) => realPathOrUndefined(root) ?? root);
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
      const folder = this.#pending.pop() ?? this.#nextLinked();
      if (folder === undefined) return;
      const listing = this.#list(folder);
      if (listing !== undefined) yield listing;
    }
  }

  #nextLinked(): PendingFolder | undefined {
    const path = this.#linked.shift();
    return path === undefined ? undefined : { path, parentDevice: undefined };
  }

  #list({ path, parentDevice }: PendingFolder): Listing | undefined {
    const stats = folderStatsOrUndefined(path);
    if (stats === undefined) return { path, available: false };
    const identity = stats.inode === 0n ? path : `${stats.device}:${stats.inode}`;
    if (this.#seen.has(identity)) return undefined;
    this.#seen.add(identity);
    let entries: readonly FolderEntry[];
    try {
      entries = listFolder(path);
    } catch {
      return { path, available: false };
    }
    if (entries.some(({ name }) => name === cacheTag || (name === noMediaMark && !this.#roots.has(path))))
      return undefined;
    const isMountPoint = parentDevice !== undefined && parentDevice !== stats.device;
    return this.#read(path, { ...stats, isMountPoint }, entries);
  }

  #read(
    path: string,
    { device, modified, isMountPoint }: FolderStats & { readonly isMountPoint: boolean },
    entries: readonly FolderEntry[],
  ): Listing {
    const found: FolderContents = {
      files: [],
      folders: [],
      sidecars: new Map(),
      manifest: new FolderManifest(),
    };
    for (const entry of entries) {
      if (entry.isDirectory()) this.#meetFolder(childPath(path, entry.name), entry.name, found);
      else this.#meetFile(path, entry, found);
    }
    const { folders, manifest, sidecars } = found;
    const entered = folders.filter((folder) => !this.#linked.includes(folder) && this.#enters(folder));
    this.#pending.push(...entered.map((folder) => ({ path: folder, parentDevice: device })).reverse());
    const files = sidecars.size === 0 ? found.files : found.files.map((file) => withSidecar(file, sidecars));
    return {
      path,
      available: true,
      modified,
      files,
      folders,
      isMountPoint,
      manifest: manifest.value,
    };
  }

  #meetFolder(path: string, name: string, { folders }: FolderContents): void {
    if (!isPassedOver(name) && !this.#excludes(path)) folders.push(path);
  }

  #meetFile(folder: string, entry: FolderEntry, found: FolderContents): void {
    const { name } = entry;
    const isMedium = mediaOfName(name) !== undefined;
    if (!isMedium && !entry.isSymbolicLink() && !mayBeSidecar(name)) return;
    const path = childPath(folder, name);
    if (entry.isSymbolicLink() && !this.#leadsInside(path)) return;
    const stats = statOrUndefined(path);
    if (stats === undefined || this.#excludes(path)) return;
    if (stats.isDirectory()) {
      if (isPassedOver(name)) return;
      found.folders.push(path);
      if (this.#enters(path)) this.#linked.push(path);
    } else if (stats.isFile() && (isMedium || mayBeSidecar(name))) {
      const modified = microseconds(stats.mtimeMs);
      found.manifest.add(name, stats.size, modified);
      const created = microseconds(stats.birthtimeMs || stats.ctimeMs);
      if (isMedium) found.files.push({ name, bytes: stats.size, modified, created, sidecar: 0 });
      else addSidecar(found.sidecars, name, stats.size, modified);
    }
  }
}
