import { checkBox } from './box.ts';
import { CachedRenders } from './cached-renders.ts';
import { DiskCache } from './disk-cache.ts';
import { RenderQueue } from './render-queue.ts';
import { RenderPool } from './render/render-pool.ts';
import { SourceFiles } from './source-file.ts';
import { ThumbnailError } from './thumbnail-error.ts';
import { checkOptions, type Settings, type ThumbnailerOptions } from './thumbnailer-options.ts';
import type { Thumbnail, Thumbnailer, ThumbnailOptions } from './thumbnailer.ts';

const idleMs = 30_000;
const maxProcessBytes = 256 * 2 ** 20;

/**
 * Makes a thumbnailer on a cache folder. Nothing is started before the first render, and an idle one
 * does not keep the program alive.
 *
 * @throws TypeError, RangeError for a wrong option
 */
export function createThumbnailer(options: ThumbnailerOptions): Thumbnailer {
  return new CachedThumbnailer(checkOptions(options));
}

class CachedThumbnailer implements Thumbnailer {
  readonly #sources = new SourceFiles();
  readonly #queue: RenderQueue<Thumbnail>;
  readonly #pool = new RenderPool({ maxProcessBytes, idleMs });
  readonly #renders: CachedRenders;
  #closed = false;

  constructor(settings: Settings) {
    this.#queue = new RenderQueue(settings);
    this.#renders = new CachedRenders(settings, {
      cache: new DiskCache(settings.cacheDir),
      queue: this.#queue,
      pool: this.#pool,
    });
  }

  async thumbnail(path: string, { width, height, signal }: ThumbnailOptions): Promise<Thumbnail> {
    this.#checkOpen();
    signal?.throwIfAborted();
    const box = checkBox({ width, height });
    const source = await this.#sources.identify(path);
    return this.#renders.get({ source, kind: 'image', box }, { signal });
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#queue.drop(closedError());
    this.#pool.stop();
    return Promise.resolve();
  }

  #checkOpen(): void {
    if (this.#closed) throw closedError();
  }
}

function closedError(): ThumbnailError {
  return new ThumbnailError('closed', 'The thumbnailer was closed');
}
