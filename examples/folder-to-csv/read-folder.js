import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { mediaKind, readMetadata } from '@iib-kit/metadata';

/** How many files are read ahead of the one whose row is written. */
const AHEAD = 8;

/**
 * What was found out of one file.
 * @typedef {object} FileResult
 * @property {string} name
 * @property {import('@iib-kit/metadata').ImageMetadata} [metadata]
 * @property {unknown} [error]
 */

/**
 * The images of a folder by name, each read once, and a few at a time however many there are.
 * @param {string} folder
 * @param {{ onSkip: (name: string) => void }} options `onSkip` is told of what is no image
 * @returns {AsyncGenerator<FileResult>}
 */
export async function* readFolder(folder, { onSkip }) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  /** @type {Promise<FileResult>[]} */
  const reading = [];
  for (const name of names.sort()) {
    if (mediaKind(name) !== 'image') {
      onSkip(name);
      continue;
    }
    reading.push(readFile(folder, name));
    const first = reading.length > AHEAD ? reading.shift() : undefined;
    if (first !== undefined) yield first;
  }
  yield* reading;
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<FileResult>}
 */
async function readFile(folder, name) {
  try {
    return { name, metadata: await readMetadata(path.join(folder, name)) };
  } catch (error) {
    return { name, error };
  }
}
