import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** https://bford.info/cachedir/: backup programs, and our index, pass a folder over that holds this file. */
const CACHE_TAG = `Signature: 8a477f597d28d172789f06886806bc55
# This folder holds thumbnails made by iib-kit; it can be deleted at any time.
`;

/** Makes a folder and marks it as a cache. */
export async function tagAsCache(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'CACHEDIR.TAG'), CACHE_TAG);
}
