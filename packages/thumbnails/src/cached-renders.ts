import type { Box } from './box.ts';
import { cacheKey, type CacheKind } from './cache-key.ts';
import type { DiskCache } from './disk-cache.ts';
import type { RenderQueue, RequestOptions } from './render-queue.ts';
import type { RenderPool } from './render/render-pool.ts';
import type { SourceFile } from './source-file.ts';
import { ThumbnailError } from './thumbnail-error.ts';
import type { Settings } from './thumbnailer-options.ts';
import type { Thumbnail } from './thumbnailer.ts';

/** The picture that is wanted. */
export interface Wanted {
  readonly source: SourceFile;
  readonly kind: CacheKind;
  readonly box: Box;
}

/** Gives pictures from the cache, and has what is missing rendered into it. */
export class CachedRenders {
  readonly #settings: Settings;
  readonly #cache: DiskCache;
  readonly #queue: RenderQueue<Thumbnail>;
  readonly #pool: RenderPool;

  constructor(
    settings: Settings,
    parts: { cache: DiskCache; queue: RenderQueue<Thumbnail>; pool: RenderPool },
  ) {
    this.#settings = settings;
    this.#cache = parts.cache;
    this.#queue = parts.queue;
    this.#pool = parts.pool;
  }

  async get(wanted: Wanted, options: RequestOptions): Promise<Thumbnail> {
    const key = cacheKey(wanted.source, wanted.kind, wanted.box);
    const cached = await this.#cache.lookUp(key);
    if (cached) return { ...cached, etag: key };
    this.#checkBytes(wanted.source);
    return this.#queue.request(key, () => this.#render(key, wanted), options);
  }

  async #render(key: string, { source, box }: Wanted): Promise<Thumbnail> {
    // Another process, or a render that ended while we looked, may have made it by now.
    const cached = await this.#cache.lookUp(key);
    if (cached) return { ...cached, etag: key };
    const { quality, maxPixels, timeoutMs } = this.#settings;
    const target = this.#cache.entryPath(key);
    const temp = this.#cache.tempPath();
    try {
      const { bytes } = await this.#pool.run(
        { kind: 'image', source: source.realPath, temp, target, box, quality, maxPixels },
        timeoutMs,
      );
      return { path: target, bytes, etag: key };
    } catch (error) {
      await this.#cache.discardTemp(temp);
      throw error;
    }
  }

  #checkBytes({ realPath: path, size }: SourceFile): void {
    const { maxFileBytes } = this.#settings;
    if (size === 0) throw new ThumbnailError('not-an-image', `${path} is empty`, { path });
    if (size > maxFileBytes) {
      const message = `${path} has ${size} bytes, more than maxFileBytes (${maxFileBytes})`;
      throw new ThumbnailError('too-large', message, { path });
    }
  }
}
