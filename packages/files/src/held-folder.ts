import { close, closeSync, constants, fstat, open } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';

import type { Confinement } from './confinement.ts';
import { FileAccessError } from './file-access-error.ts';
import { childOf, type FilePath } from './file-path.ts';
import { isDoubtful, spellPath, systemPath } from './system-path.ts';
import { hasDescriptorPaths, placeByIdentity, realPlace } from './real-place.ts';

const openDescriptor = promisify(open);
const statDescriptor = promisify(fstat);
const closeDescriptor = promisify(close);

/**
 * A folder that was opened and checked. What is done by the paths that it gives is done in this folder, wherever it is
 * moved and whatever comes into its place.
 */
export interface HeldFolder {
  /** Where it really is now, a character for each byte. */
  place(): string;
  /**
   * The path to give to the file system for the folder itself. Where the system cannot lead by an open folder, the path
   * it was opened by, which is checked again each time that this is asked for.
   * @throws FileAccessError `changed`, `outside`
   */
  path(): FilePath;
  /** Everything in it, each name as `spellPath` spells it. */
  names(): Promise<string[]>;
  /** The path for an entry, by the spelling of its name, whose last name the functions that take it may follow where it is a link. */
  at(name: string): FilePath;
  /** Opens a folder in it. A link there is refused. */
  enter(name: string): Promise<HeldFolder>;
  close(): void;
}

export interface HoldFolderOptions {
  /** Where the folder must really lie; anywhere, unless given. */
  readonly within?: Confinement | undefined;
  /** Whether ancestors of these folders are held as well; false by default. */
  readonly orAbove?: boolean;
  /** Whether the last name of the path may be a link; false by default. Links before it are followed. */
  readonly followLink?: boolean;
}

// Opens what a path leads to without any right on it but to reach it (open(2)); Node has no name for it.
export const O_PATH = 0o10000000;
const flags = (hasDescriptorPaths ? O_PATH : 0) | constants.O_RDONLY | (constants.O_DIRECTORY ?? 0);

/**
 * Opens a folder, by the spelling of its path, so that a parent swapped for a link cannot lead elsewhere between a check and a change.
 * @throws FileAccessError `not-a-folder`, `outside`, `changed`; what the system throws
 */
export async function holdFolder(path: string, options: HoldFolderOptions = {}): Promise<HeldFolder> {
  const own = systemPath(path);
  return hasDescriptorPaths ? holdByDescriptor(own, options) : holdByPath(own, options);
}

async function holdByDescriptor(path: FilePath, options: HoldFolderOptions): Promise<HeldFolder> {
  const descriptor = await openFolder(path, options);
  const own = `/proc/self/fd/${descriptor}`;
  return {
    place: () => realPlace(descriptor, path),
    path: () => own,
    names: () => namesIn(own),
    at: (name) => childOf(own, oneName(name)),
    enter: (name) => holdByDescriptor(childOf(own, oneName(name)), {}),
    close: () => closeSync(descriptor),
  };
}

/** For systems that do not lead by open folders. */
export async function holdByPath(path: FilePath, options: HoldFolderOptions = {}): Promise<HeldFolder> {
  const descriptor = await openFolder(path, options);
  const again = (): FilePath => {
    checkPlace(placeByIdentity(descriptor, path), path, options);
    return path;
  };
  return {
    place: () => placeByIdentity(descriptor, path),
    path: again,
    names: () => namesIn(again()),
    at: (name) => childOf(again(), oneName(name)),
    enter: (name) => holdByPath(childOf(again(), oneName(name)), { within: options.within }),
    close: () => closeSync(descriptor),
  };
}

async function openFolder(path: FilePath, options: HoldFolderOptions): Promise<number> {
  const noFollow = options.followLink === true ? 0 : (constants.O_NOFOLLOW ?? 0);
  let descriptor: number;
  try {
    descriptor = await openDescriptor(path, flags | noFollow);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOTDIR' && code !== 'ELOOP') throw error;
    throw new FileAccessError('not-a-folder', path, { cause: error });
  }
  try {
    if (!(await statDescriptor(descriptor)).isDirectory()) throw new FileAccessError('not-a-folder', path);
    if (options.within !== undefined) checkPlace(realPlace(descriptor, path), path, options);
    return descriptor;
  } catch (error) {
    await closeDescriptor(descriptor);
    throw error;
  }
}

function checkPlace(place: string, path: FilePath, { within, orAbove }: HoldFolderOptions): void {
  if (within === undefined || within.contains(place)) return;
  if (orAbove === true && within.leadsTo(place)) return;
  throw new FileAccessError('outside', path);
}

async function namesIn(folder: FilePath): Promise<string[]> {
  const names = await readdir(folder);
  return names.some(isDoubtful) ? (await readdir(folder, 'buffer')).map(spellPath) : names;
}

/** A slash would lead through folders that nobody checked. */
function oneName(name: string): FilePath {
  if (name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name)) return systemPath(name);
  throw new TypeError(`${JSON.stringify(name)} is not the name of an entry`);
}
