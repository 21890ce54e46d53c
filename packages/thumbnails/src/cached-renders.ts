import { LRUCache } from 'lru-cache';

import type { Box } from './box.ts';
import { cacheKey, earlierKey, pictureDigest, type CacheKind } from './cache-key.ts';
import type { CacheLimit } from './cache-limit.ts';
import type { DiskCache } from './disk-cache.ts';
import type { HashStore } from './hash-store.ts';
import { isFaultOfFile } from './is-fault-of-file.ts';
import type { Patience, WorkRun } from './job.ts';
import type { RenderQueue, RequestOptions } from './render-queue.ts';
import { RendererKilled, RenderStalled } from './render/render-process.ts';
import type { RenderPool } from './render/render-pool.ts';
import type { PictureResult, PictureTask } from './render/render-task.ts';
import type { SourceFile } from './source-file.ts';
import { isThumbnailError, ThumbnailError } from './thumbnail-error.ts';
import type { Settings } from './thumbnailer-options.ts';
import type { Thumbnail } from './thumbnailer.ts';

const failuresCachedMs = 60_000;

/** A picture to give. */
export interface PictureRequest {
  readonly source: SourceFile;
  readonly kind: CacheKind;
  readonly box: Box;
}

export interface RenderOptions extends RequestOptions {
  /** In place of the setting. */
  readonly timeoutMs?: number | undefined;
}

/** A picture, and whether it was there already. */
export interface PictureOutcome {
  readonly thumbnail: Thumbnail;
  readonly outcome: 'cached' | 'rendered';
  /** The picture itself, where it is in no file. */
  readonly data?: Buffer;
}

/** What happened since the start. */
export interface RenderCounts {
  hits: number;
  rendered: number;
  failed: number;
}

interface MakeOptions extends WorkRun {
  /** Milliseconds until the render is ended. */
  readonly limitMs: number;
}

interface Destination {
  readonly path: string | undefined;
  readonly temp: string;
}

interface Parts {
  readonly cache: DiskCache;
  readonly limit: CacheLimit;
  readonly hashes: HashStore;
  readonly queue: RenderQueue;
  readonly pool: RenderPool;
}

/** Gives pictures from the cache, and has what is missing rendered into it. */
export class CachedRenders {
  readonly counts: RenderCounts = { hits: 0, rendered: 0, failed: 0 };
  readonly #settings: Settings;
  readonly #parts: Parts;
  #isUnwritable = false;
  /** What cannot be rendered, so that a page which shows it does not try each time. */
  readonly #failures = new LRUCache<string, ThumbnailError>({ max: 10_000, ttl: failuresCachedMs });

  constructor(settings: Settings, parts: Parts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  async get(request: PictureRequest, options: RenderOptions): Promise<PictureOutcome> {
    const key = cacheKey(request.source, request.kind, request.box);
    const cached = await this.#lookUp(key);
    if (cached) return cached;
    this.#checkFailure(key, options);
    checkBytes(request, this.#settings.maxFileBytes);
    const limitMs = options.timeoutMs ?? this.#longest();
    const patience = options.background === true ? undefined : this.#patience(request.source.realPath);
    return this.#parts.queue.request(key, (run) => this.#make(key, request, { ...run, limitMs }), {
      ...options,
      patience,
    });
  }

  /** How long a render may go on whose requests have been answered. */
  #longest(): number {
    return Math.max(this.#settings.timeoutMs, this.#settings.maxRenderMs);
  }

  #patience(path: string): Patience {
    const { timeoutMs: milliseconds } = this.#settings;
    const message = `${path} was not drawn within ${milliseconds} ms; it is finished in the background`;
    return { milliseconds, error: () => new ThumbnailError('timeout', message, { path }) };
  }

  /** Renders a picture past the cache, where its file is there and cannot be read. */
  async draw(request: PictureRequest, options: RequestOptions): Promise<Buffer> {
    const key = cacheKey(request.source, request.kind, request.box);
    const limitMs = this.#longest();
    const patience = this.#patience(request.source.realPath);
    const work = async (run: WorkRun): Promise<Buffer> => {
      const temp = this.#parts.cache.tempPath();
      const { webp } = await this.#render(request, { path: undefined, temp, ...run, limitMs });
      this.counts.rendered += 1;
      return Buffer.from(webp ?? '', 'base64');
    };
    return this.#parts.queue.request(`draw\0${key}`, work, { ...options, patience });
  }

  /** The perceptual hash of a picture, which is drawn for that and not kept, so that it takes no other's place. */
  async hash(
    request: PictureRequest,
    options: RenderOptions,
  ): Promise<{ readonly hash: string; readonly outcome: 'cached' | 'rendered' }> {
    const key = cacheKey(request.source, request.kind, request.box);
    const known = await this.#parts.hashes.get(key);
    if (known !== undefined) {
      this.counts.hits += 1;
      return { hash: known, outcome: 'cached' };
    }
    this.#checkFailure(key, options);
    checkBytes(request, this.#settings.maxFileBytes);
    const limitMs = options.timeoutMs ?? this.#longest();
    const patience = options.background === true ? undefined : this.#patience(request.source.realPath);
    const work = (run: WorkRun): Promise<string> => this.#makeHash(key, request, { ...run, limitMs });
    const hash = await this.#parts.queue.request(`hash\0${key}`, work, { ...options, patience });
    return { hash, outcome: 'rendered' };
  }

  async #makeHash(
    key: string,
    request: PictureRequest,
    { limitMs, releaseSlot, begun, whenLeft }: MakeOptions,
  ): Promise<string> {
    const temp = this.#parts.cache.tempPath();
    const picture = this.#taskOf(request, { path: undefined, temp }, limitMs);
    try {
      const { hash } = await this.#parts.pool.run(
        { kind: 'hash', source: picture.source, picture },
        { timeoutMs: limitMs, onDrawn: releaseSlot, onBegun: begun, whenLeft },
      );
      this.counts.rendered += 1;
      await this.#parts.hashes.put(key, hash);
      return hash;
    } catch (error) {
      this.#noteFailure(key, error);
      throw error;
    }
  }

  #noteFailure(key: string, error: unknown): void {
    this.counts.failed += 1;
    const isFromOutside = error instanceof RendererKilled || error instanceof RenderStalled;
    if (isThumbnailError(error) && !isFromOutside && isFaultOfFile(error)) this.#failures.set(key, error);
  }

  forgetFailures(): void {
    this.#failures.clear();
  }

  async #lookUp(key: string): Promise<PictureOutcome | undefined> {
    const entry = await this.#parts.cache.lookUp(key);
    return entry && this.#hit({ ...entry, etag: key });
  }

  #hit(thumbnail: Thumbnail): PictureOutcome {
    this.counts.hits += 1;
    return { thumbnail, outcome: 'cached' };
  }

  #checkFailure(key: string, { timeoutMs = 0 }: RenderOptions): void {
    const failure = this.#failures.get(key);
    const mayTakeLonger = failure?.code === 'timeout' && timeoutMs > this.#longest();
    if (failure && !mayTakeLonger) throw failure;
  }

  async #make(key: string, request: PictureRequest, making: MakeOptions): Promise<PictureOutcome> {
    const path = this.#parts.cache.entryPath(key);
    const temp = this.#parts.cache.tempPath();
    try {
      const result = await this.#render(request, { path, temp, ...making });
      const { bytes, drawn, webp, reason } = result;
      const thumbnail = { path, etag: key, bytes };
      if (!drawn) return this.#hit(thumbnail);
      this.counts.rendered += 1;
      this.#noteWriting(reason);
      if (webp !== undefined) return { thumbnail, outcome: 'rendered', data: Buffer.from(webp, 'base64') };
      this.#parts.limit.noteWritten(bytes);
      return { thumbnail, outcome: 'rendered' };
    } catch (error) {
      this.#noteFailure(key, error);
      await this.#parts.cache.discardTemp(temp);
      throw error;
    }
  }

  /** Reports the first of the pictures whose files cannot be written, until one can be. */
  #noteWriting(reason: string | undefined): void {
    const isFirst = reason !== undefined && !this.#isUnwritable;
    this.#isUnwritable = reason !== undefined;
    if (isFirst) this.#settings.onCacheUnwritable?.(new ThumbnailError('cache-unwritable', reason));
  }

  async #render(
    request: PictureRequest,
    { path, temp, limitMs, releaseSlot, begun, whenLeft }: Destination & MakeOptions,
  ): Promise<PictureResult> {
    return this.#parts.pool.run(this.#taskOf(request, { path, temp }, limitMs), {
      timeoutMs: limitMs,
      onDrawn: releaseSlot,
      onBegun: begun,
      whenLeft,
    });
  }

  #taskOf({ source, kind, box }: PictureRequest, { path, temp }: Destination, limitMs: number): PictureTask {
    const { quality, maxPixels, ffmpegPath } = this.#settings;
    const { programMs } = timeLimits(limitMs);
    // What is looked for among the frames of a video is worth no longer wait.
    const { searchMs } = timeLimits(Math.min(limitMs, this.#settings.timeoutMs));
    const { realPath, within } = source;
    const { cache } = this.#parts;
    const files = { source: realPath, within, temp, target: path, replace: false, mayStayUnwritten: true };
    const elsewhere = {
      contentsDir: cache.contentsDir,
      picture: pictureDigest(kind, box),
      earlier: cache.entryPath(earlierKey(source, kind, box)),
    };
    return { kind, ...files, elsewhere, box, quality, maxPixels, ffmpegPath, searchMs, programMs };
  }
}

/** Shares of the time that one file has: a program that hangs has to be ended before its parent is. */
export function timeLimits(timeoutMs: number) {
  return { timeoutMs, searchMs: timeoutMs * 0.5, programMs: Math.floor(timeoutMs * 0.8) };
}

function checkBytes({ source: { realPath: path, size }, kind }: PictureRequest, maxFileBytes: number): void {
  if (size === 0) {
    const code = kind === 'video' ? 'not-a-video' : 'not-an-image';
    throw new ThumbnailError(code, `${path} is empty`, { path });
  }
  if (kind === 'video' || size <= maxFileBytes) return;
  const message = `${path} has ${size} bytes, more than maxFileBytes (${maxFileBytes})`;
  throw new ThumbnailError('too-large', message, { path });
}
