import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { listFiles, removeFile, removeFolder } from './cache-folder.ts';
import type { SourceFile } from './source-file.ts';

/**
 * The covers that people chose for videos. They are no cache, since nothing can make them again:
 * the size limit leaves them alone.
 */
export class ChosenCovers {
  readonly #dir: string;

  constructor(cacheDir: string) {
    this.#dir = join(cacheDir, 'chosen');
  }

  /** Where the cover for this content of the video lies, if there is one. */
  pathFor(video: SourceFile): string {
    const { folder, prefix } = this.#location(video);
    return join(folder, `${prefix}${hash(`${video.mtimeMs}\0${video.size}`)}.webp`);
  }

  /** Removes the covers of this video, but not `except`: those of earlier content are of no use. */
  async remove(video: SourceFile, except?: string): Promise<void> {
    const { folder, prefix } = this.#location(video);
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((name) => name.startsWith(prefix))) {
      const path = join(folder, name);
      if (path !== except) await removeFile(path);
    }
  }

  async count(): Promise<number> {
    return (await listFiles(this.#dir)).length;
  }

  async clear(): Promise<void> {
    await removeFolder(this.#dir);
  }

  #location({ realPath }: SourceFile): { folder: string; prefix: string } {
    const name = hash(realPath);
    return { folder: join(this.#dir, name.slice(0, 2)), prefix: `${name}-` };
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
