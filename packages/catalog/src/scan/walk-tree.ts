import { type BigIntStats, lstatSync, type Stats, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { SkippedLink } from '../roles/updates.ts';
import { childPath } from '../text/nested-path.ts';
import { systemPath } from '../text/system-path.ts';
import { mayBeSidecar, mediaOfName } from './file-names.ts';
import { FolderManifest } from './folder-manifest.ts';
import { type LinkScope, LinkTargets } from './link-targets.ts';
import { type FolderEntry, listFolder } from './list-folder.ts';
import { cacheTag, isPassedOver, noMediaMark } from './passed-over.ts';
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
      /** Paths of the folders in it, entered or not; of links only those that are followed. */
      readonly folders: readonly string[];
      /** Whether it is a link to a folder. */
      readonly isLink: boolean;
      /** Whether it lies on another drive than the folder that holds it. */
      readonly isMountPoint: boolean;
      readonly manifest: number;
    }
  | { readonly path: string; readonly available: false };

export interface WalkOptions extends Omit<LinkScope, 'roots'> {
  /** Whether to go on into a folder found on the way, of a link with the time of its target; always, unless given. */
  readonly enters?: (path: string, targetModified?: number) => boolean;
  /** The folders of the library that this walk is a part of; those where it begins, unless given. */
  readonly roots?: readonly string[];
  /**
   * Whether a file that a link leads to is indexed under another path; a walk through whole roots finds that out by
   * itself.
   */
  readonly isIndexedElsewhere?: (path: string, file: { bytes: number; modified: number }) => boolean;
}

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
  const stats = bigStatsOrUndefined(path);
  if (stats === undefined || !stats.isDirectory()) return undefined;
  const { dev, ino, mtimeNs } = stats;
  // As `mtimeMs` of other stats is computed, to the last digit.
  const milliseconds = Number(mtimeNs / 1_000_000_000n) * 1000 + Number(mtimeNs % 1_000_000_000n) / 1e6;
  return { device: dev, inode: ino, modified: microseconds(milliseconds) };
}

function bigStatsOrUndefined(path: string): BigIntStats | undefined {
  try {
    return statSync(systemPath(path), { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether two paths lead to one file. */
export function isSameFile(a: string, b: string): boolean {
  const [first, second] = [bigStatsOrUndefined(a), bigStatsOrUndefined(b)];
  if (first === undefined || second === undefined || first.ino === 0n) return false;
  return first.dev === second.dev && first.ino === second.ino;
}

function isLinkAt(path: string): boolean {
  return lstatSync(systemPath(path), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** A folder to list. */
interface PendingFolder {
  readonly path: string;
  /** The drive of the folder that holds it; undefined for links, which may lead anywhere. */
  readonly parentDevice: bigint | undefined;
  /** Whether it is a link. */
  readonly isLink: boolean;
  /** Whether a link was followed to get here. */
  readonly isBeyondLink: boolean;
}

/** A file that a link leads to, and where it is known. */
interface LinkedFile {
  readonly file: FoundFile;
  readonly path: string;
}

interface FolderContents {
  readonly folder: PendingFolder;
  readonly files: FoundFile[];
  /** Of `files` none: whether they are listed by another path is found out at the end. */
  readonly linkedFiles: LinkedFile[];
  readonly folders: string[];
  readonly entered: string[];
  /** By the name without its last extension, or without both of `name.swarm.json`. */
  readonly sidecars: Map<string, FolderManifest>;
  readonly manifest: FolderManifest;
}

function toFoundFile(name: string, { size, mtimeMs, birthtimeMs, ctimeMs }: Stats): FoundFile {
  const created = microseconds(birthtimeMs || ctimeMs);
  return { name, bytes: size, modified: microseconds(mtimeMs), created, sidecar: 0 };
}

function addFile({ files, manifest }: FolderContents, file: FoundFile): void {
  manifest.add(file.name, file.bytes, file.modified);
  files.push(file);
}

function addSidecar({ sidecars, manifest: ofFolder }: FolderContents, name: string, stats: Stats): void {
  const { size: bytes } = stats;
  const modified = microseconds(stats.mtimeMs);
  ofFolder.add(name, bytes, modified);
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

type FolderRead = Omit<Extract<Listing, { available: true }>, 'files' | 'manifest'> & {
  readonly found: FolderContents;
};

/**
 * Lists every folder below the roots once, and every file that links lead to, however many do; both by their path without
 * links where a walk comes by that.
 */
export class TreeWalk {
  /** Links to folders that were followed, as far as the walk is. */
  readonly linkedFolders: string[] = [];
  /** Links to folders or media that were not. */
  readonly skippedLinks: SkippedLink[] = [];
  readonly #excludes: (path: string) => boolean;
  readonly #enters: NonNullable<WalkOptions['enters']>;
  readonly #isIndexedElsewhere: WalkOptions['isIndexedElsewhere'];
  readonly #targets: LinkTargets;
  readonly #roots: ReadonlySet<string>;
  /** Folders that were met, by drive and number, with their paths. */
  readonly #seen = new Map<string, string>();
  readonly #seenFiles = new Set<string>();
  readonly #pending: PendingFolder[];
  readonly #linked: PendingFolder[] = [];
  readonly #withheld: FolderRead[] = [];

  constructor(starts: readonly string[], { enters, isIndexedElsewhere, ...scope }: WalkOptions = {}) {
    const roots = scope.roots ?? starts;
    this.#excludes = scope.excludes ?? (() => false);
    this.#enters = enters ?? (() => true);
    this.#isIndexedElsewhere = isIndexedElsewhere;
    this.#roots = new Set(roots);
    this.#targets = new LinkTargets({ ...scope, roots });
    this.#pending = starts.map((path) => this.#begin(path)).reverse();
    for (const other of scope.otherRoots ?? []) this.#meet(other);
  }

  *[Symbol.iterator](): Generator<Listing> {
    // Links to folders wait until the real ones are walked, so that each folder goes by its real path where it has one.
    for (;;) {
      const folder = this.#pending.pop() ?? this.#linked.shift();
      if (folder === undefined) break;
      const read = this.#list(folder);
      if (read === undefined) continue;
      if (!('found' in read)) yield read;
      else if (read.found.linkedFiles.length === 0) yield listingOf(read);
      else this.#withheld.push(read);
    }
    for (const read of this.#withheld) {
      for (const linked of read.found.linkedFiles) this.#addLinkedFile(linked, read.found);
      yield listingOf(read);
    }
  }

  #begin(path: string): PendingFolder {
    if (this.#roots.has(path)) {
      const parentDevice = folderStatsOrUndefined(dirname(path))?.device;
      return { path, parentDevice, isLink: false, isBeyondLink: false };
    }
    const real = realPathOrUndefined(path);
    const isBeyondLink = real !== undefined && !this.#targets.lists(real, 'folder');
    const isLink = isBeyondLink && isLinkAt(path);
    const parentDevice = isLink ? undefined : folderStatsOrUndefined(dirname(path))?.device;
    return { path, parentDevice, isLink, isBeyondLink };
  }

  /** Undefined where a folder is not there, or was met before. */
  #meet(path: string): FolderStats | 'met' | undefined {
    const stats = folderStatsOrUndefined(path);
    if (stats === undefined) return undefined;
    const identity = stats.inode === 0n ? path : `${stats.device}:${stats.inode}`;
    if (this.#seen.has(identity)) return 'met';
    this.#seen.set(identity, path);
    return stats;
  }

  #list(folder: PendingFolder): FolderRead | Extract<Listing, { available: false }> | undefined {
    const { path, parentDevice, isLink } = folder;
    const stats = this.#meet(path);
    if (stats === undefined) return { path, available: false };
    if (stats === 'met') return undefined;
    let entries: readonly FolderEntry[];
    try {
      entries = listFolder(path);
    } catch {
      return { path, available: false };
    }
    if (entries.some(({ name }) => name === cacheTag || (name === noMediaMark && !this.#roots.has(path))))
      return undefined;
    if (isLink) this.linkedFolders.push(path);
    const { device, modified } = stats;
    const found = this.#read(folder, device, entries);
    const isMountPoint = parentDevice !== undefined && parentDevice !== device;
    return { path, available: true, modified, folders: found.folders, isLink, isMountPoint, found };
  }

  #read(folder: PendingFolder, device: bigint, entries: readonly FolderEntry[]): FolderContents {
    const found: FolderContents = {
      folder,
      files: [],
      linkedFiles: [],
      folders: [],
      entered: [],
      sidecars: new Map(),
      manifest: new FolderManifest(),
    };
    for (const entry of entries) {
      if (entry.isDirectory()) this.#meetFolder(childPath(folder.path, entry.name), entry.name, found);
      else if (entry.isSymbolicLink()) this.#meetLink(childPath(folder.path, entry.name), entry.name, found);
      else this.#meetFile(entry.name, found);
    }
    const { isBeyondLink } = folder;
    const inside = found.entered.map((path) => ({ path, parentDevice: device, isLink: false, isBeyondLink }));
    this.#pending.push(...inside.reverse());
    return found;
  }

  #meetFolder(path: string, name: string, { folders, entered }: FolderContents): void {
    if (isPassedOver(name) || this.#excludes(path)) return;
    folders.push(path);
    if (this.#enters(path)) entered.push(path);
  }

  #meetFile(name: string, found: FolderContents): void {
    const isMedium = mediaOfName(name) !== undefined;
    if (!isMedium && !mayBeSidecar(name)) return;
    const path = childPath(found.folder.path, name);
    const stats = statOrUndefined(path);
    if (stats?.isFile() !== true || this.#excludes(path)) return;
    if (!isMedium) {
      addSidecar(found, name, stats);
      return;
    }
    const file = toFoundFile(name, stats);
    if (found.folder.isBeyondLink && this.#isIndexedElsewhere?.(path, file) === true) return;
    addFile(found, file);
  }

  #meetLink(path: string, name: string, found: FolderContents): void {
    const isMedium = mediaOfName(name) !== undefined;
    const stats = statOrUndefined(path);
    if (this.#excludes(path) || (stats?.isDirectory() === true && isPassedOver(name))) return;
    if (stats === undefined) {
      // What it led to may have been a folder of any name.
      if (!isPassedOver(name) && !mayBeSidecar(name)) this.skippedLinks.push({ path, reason: 'missing' });
    } else if (stats.isDirectory()) {
      this.#meetLinkedFolder(path, stats, found);
    } else if (!stats.isFile()) {
      return;
    } else if (isMedium) {
      const verdict = this.#targets.judge(path, 'file');
      if (verdict === 'followed') found.linkedFiles.push({ file: toFoundFile(name, stats), path });
      else if (verdict !== 'listed') this.skippedLinks.push({ path, reason: verdict });
    } else if (mayBeSidecar(name) && this.#targets.allows(path)) {
      addSidecar(found, name, stats);
    }
  }

  #meetLinkedFolder(path: string, stats: Stats, { folders }: FolderContents): void {
    const verdict = this.#targets.judge(path, 'folder');
    if (verdict === 'listed') return;
    if (verdict !== 'followed') {
      this.skippedLinks.push({ path, reason: verdict });
      return;
    }
    folders.push(path);
    if (this.#enters(path, microseconds(stats.mtimeMs)))
      this.#linked.push({ path, parentDevice: undefined, isLink: true, isBeyondLink: true });
  }

  /** Unless it is listed by its own path, or another link led to it. */
  #addLinkedFile({ path, file }: LinkedFile, found: FolderContents): void {
    const stats = bigStatsOrUndefined(path);
    if (stats === undefined || this.#isListed(path)) return;
    const identity = stats.ino === 0n ? path : `${stats.dev}:${stats.ino}`;
    if (this.#seenFiles.has(identity) || this.#isIndexedElsewhere?.(path, file) === true) return;
    this.#seenFiles.add(identity);
    addFile(found, file);
  }

  /** Whether the folder that really holds a file was walked, and the file listed in it. */
  #isListed(link: string): boolean {
    const real = realPathOrUndefined(link);
    const holder = real === undefined ? undefined : folderStatsOrUndefined(dirname(real));
    if (real === undefined || holder === undefined || mediaOfName(real) === undefined) return false;
    const walked = this.#seen.get(`${holder.device}:${holder.inode}`);
    return walked !== undefined && !this.#excludes(childPath(walked, basename(real)));
  }
}

function listingOf({ found, ...folder }: FolderRead): Listing {
  const { files, sidecars, manifest } = found;
  return {
    ...folder,
    files: sidecars.size === 0 ? files : files.map((file) => withSidecar(file, sidecars)),
    manifest: manifest.value,
  };
}
