import path from 'node:path';

import { type Confinement, type FilePath, type HeldFolder, holdFolder } from '@iib-kit/files';

import { errorCode } from '../../ports/error-code.ts';

/** A name in a folder that is open and checked: what is done there is done in that folder alone. */
export interface HeldPlace {
  /** Absolute, as the index knows it; for messages. */
  readonly path: string;
  readonly folder: HeldFolder;
  readonly name: string;
}

/** What to give to the file system for it. */
export function at({ folder, name }: HeldPlace): FilePath {
  return folder.at(name);
}

/** An entry of a folder that is held. */
export function childPlace(
  folder: HeldFolder,
  { path: parent }: Pick<HeldPlace, 'path'>,
  name: string,
): HeldPlace {
  return { path: path.join(parent, name), folder, name };
}

/** Opens the folders of some paths while something is done in them. Throws where one is not there or lies outside. */
export async function withPlaces<const Paths extends readonly string[], T>(
  paths: Paths,
  within: Confinement | undefined,
  work: (...places: { [Index in keyof Paths]: HeldPlace }) => Promise<T>,
): Promise<T> {
  const folders = new Map<string, HeldFolder>();
  try {
    for (const folder of new Set(paths.map((absolute) => path.dirname(absolute)))) {
      folders.set(folder, await holdFolder(folder, { within, followLink: true }));
    }
    const places = paths.map((absolute) => {
      const folder = folders.get(path.dirname(absolute));
      if (folder === undefined) throw new TypeError(`the folder of ${absolute} is not held`);
      return { path: absolute, folder, name: path.basename(absolute) };
    });
    return await work(...(places as { [Index in keyof Paths]: HeldPlace }));
  } finally {
    for (const folder of folders.values()) folder.close();
  }
}

/** The same where a folder may be gone; then undefined, without doing anything. */
export async function withPlaceIfThere<T>(
  absolute: string,
  within: Confinement | undefined,
  work: (place: HeldPlace) => Promise<T>,
): Promise<T | undefined> {
  let folder: HeldFolder;
  try {
    folder = await holdFolder(path.dirname(absolute), { within, followLink: true });
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
  try {
    return await work({ path: absolute, folder, name: path.basename(absolute) });
  } finally {
    folder.close();
  }
}

/** Whether an error says that a folder is not there, or something else in its place. */
export function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'not-a-folder'].includes(errorCode(error) ?? '');
}
