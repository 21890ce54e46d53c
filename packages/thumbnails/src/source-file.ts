import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';

import { Confinement, spellPath, systemPath } from '@iib-kit/files';
import { LRUCache } from 'lru-cache';

import { fileDigest } from './file-digest.ts';
import { ThumbnailError } from './thumbnail-error.ts';

/** A file as it is on the disk now: the same three values mean the same content. */
export interface SourceFile {
  readonly realPath: string;
  readonly mtimeMs: number;
  readonly size: number;
  /** `fileDigest` of these three, where it is known already. */
  readonly digest?: string;
  /** Folders that it must lie in when it is opened; anywhere, unless given. */
  readonly within?: readonly string[] | undefined;
}

interface Known {
  readonly dev: number;
  readonly ino: number;
  readonly source: SourceFile;
}

/** Looks at files, and spares the look-up of the real path while the path leads to the same inode. */
export class SourceFiles {
  readonly #known = new LRUCache<string, Known>({ max: 50_000 });

  /** @throws ThumbnailError not-found, not-a-file, unreadable */
  async identify(path: string, within?: readonly string[]): Promise<SourceFile> {
    try {
      return confined(await this.#look(path), path, within);
    } catch (error) {
      throw asSourceError(error, path);
    }
  }

  async #look(path: string): Promise<SourceFile> {
    const found = await stat(systemPath(path));
    const known = this.#known.get(path);
    if (known && isSame(known, found)) return known.source;
    if (!found.isFile()) throw new ThumbnailError('not-a-file', `${path} is not a file`, { path });
    const { dev, ino, mtimeMs, size } = found;
    const file = { realPath: spellPath(await realpath(systemPath(path), 'buffer')), mtimeMs, size };
    const source = { ...file, digest: fileDigest(file) };
    this.#known.set(path, { dev, ino, source });
    return source;
  }
}

/** Throws for a file that lies elsewhere now; it is checked once more when it is opened. */
function confined(source: SourceFile, path: string, within: readonly string[] | undefined): SourceFile {
  if (within === undefined) return source;
  if (new Confinement(within).containsPath(source.realPath)) return { ...source, within };
  const message = `${path} lies outside of the folders that it must lie in`;
  throw new ThumbnailError('unreadable', message, { path });
}

const meansAbsent: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

function isSame({ dev, ino, source }: Known, found: Stats): boolean {
  return (
    dev === found.dev && ino === found.ino && source.mtimeMs === found.mtimeMs && source.size === found.size
  );
}

function asSourceError(error: unknown, path: string): unknown {
  // A path that is no text, or has a NUL in it, is a mistake of the program.
  if (!(error instanceof Error) || error instanceof TypeError) return error;
  if (error instanceof ThumbnailError || !('code' in error)) return error;
  if (meansAbsent.has(error.code)) {
    return new ThumbnailError('not-found', `${path} does not exist`, { path, cause: error });
  }
  return new ThumbnailError('unreadable', `${path} cannot be read: ${error.message}`, {
    path,
    cause: error,
  });
}
