import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { listFiles, removeFile, removeFolder } from './cache-folder.ts';
import type { SourceFile } from './source-file.ts';

/** A folder whose time lies this close may change without its time telling. */
const settledMs = 2000;

/**
 * The covers that people chose for videos, by the content of the video: they stay when it is renamed, moved or copied. They
 * are no cache, since nothing can make them again: the size limit leaves them alone.
 */
export class ChosenCovers {
  readonly #root: string;
  readonly #dir: string;
  #listed: { readonly mtimeMs: number; readonly names: ReadonlySet<string> } | undefined;

  constructor(cacheDir: string) {
    this.#root = join(cacheDir, 'chosen');
    this.#dir = join(this.#root, 'contents');
  }

  /** Whether one may be there, so that no other video has to be read to tell its content. */
  async mayHave(video: SourceFile): Promise<boolean> {
    const prefix = `${video.size}-`;
    for (const name of await this.#names()) if (name.startsWith(prefix)) return true;
    return isThere(this.#earlierPath(video));
  }

  /** Where the cover for this content of the video lies, if there is one. */
  async pathFor(video: SourceFile, digest: string): Promise<string> {
    const path = this.targetFor(video, digest);
    // One of an earlier version, which found covers by the path and the date of the video.
    const earlier = this.#earlierPath(video);
    if (await isThere(earlier)) {
      await mkdir(this.#dir, { recursive: true });
      await rename(earlier, path);
    }
    return path;
  }

  targetFor({ size }: SourceFile, digest: string): string {
    return join(this.#dir, `${size}-${digest}.webp`);
  }

  async remove(video: SourceFile, digest: string): Promise<void> {
    await removeFile(this.#earlierPath(video));
    await removeFile(this.targetFor(video, digest));
    this.forgetNames();
  }

  forgetNames(): void {
    this.#listed = undefined;
  }

  async count(): Promise<number> {
    return (await listFiles(this.#root)).length;
  }

  async clear(): Promise<void> {
    await removeFolder(this.#root);
    this.forgetNames();
  }

  async #names(): Promise<Iterable<string>> {
    const found = await stat(this.#dir).catch(() => undefined);
    if (found === undefined) return [];
    const { mtimeMs } = found;
    if (this.#listed?.mtimeMs === mtimeMs) return this.#listed.names;
    const names = new Set(await readdir(this.#dir).catch(() => []));
    if (Date.now() - mtimeMs > settledMs) this.#listed = { mtimeMs, names };
    return names;
  }

  #earlierPath({ realPath, mtimeMs, size }: SourceFile): string {
    const name = hash(realPath);
    return join(this.#root, name.slice(0, 2), `${name}-${hash(`${mtimeMs}\0${size}`)}.webp`);
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
