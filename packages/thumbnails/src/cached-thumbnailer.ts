import { readFile } from 'node:fs/promises';

import { LRUCache } from 'lru-cache';

import { checkBox, type Box } from './box.ts';
import { cacheKey } from './cache-key.ts';
import { CacheLimit } from './cache-limit.ts';
import {
  CachedRenders,
  type PictureOutcome,
  type RenderOptions,
  type PictureRequest,
} from './cached-renders.ts';
import { ChosenCovers } from './chosen-covers.ts';
import { DiskCache, useNotedEveryMs } from './disk-cache.ts';
import { FileTasks } from './file-tasks.ts';
import { HashStore } from './hash-store.ts';
import { mediaKind, type MediaKind } from './media-kind.ts';
import { pregenerate, type PregenerateOptions, type PregenerateSummary } from './pregenerate.ts';
import { removeUnused, unusedForMs } from './remove-unused.ts';
import { RenderQueue } from './render-queue.ts';
import { RenderPool } from './render/render-pool.ts';
import { SourceFiles, type SourceFile } from './source-file.ts';
import { ThumbnailError } from './thumbnail-error.ts';
import { checkWholeNumber, maxTimeoutMs, type Settings } from './thumbnailer-options.ts';
import type {
  CacheUsage,
  Cancellable,
  Confined,
  ClearOptions,
  RemoveUnusedOptions,
  Thumbnail,
  ThumbnailBytes,
  Thumbnailer,
  ThumbnailerStats,
  ThumbnailOptions,
} from './thumbnailer.ts';
import type { VideoInfo } from './video-info.ts';

const idleMs = 30_000;
const maxProcessBytes = 256 * 2 ** 20;
const hashBox: Box = { width: 256, height: 256 };
const pregenerateTimeoutMs = 20_000;

/** The thumbnailer over a cache folder: it joins the parts and holds none of their logic. */
export class CachedThumbnailer implements Thumbnailer {
  readonly #settings: Settings;
  readonly #sources = new SourceFiles();
  readonly #cache: DiskCache;
  readonly #limit: CacheLimit;
  readonly #hashes: HashStore;
  readonly #covers: ChosenCovers;
  readonly #queue: RenderQueue;
  readonly #pool = new RenderPool({ maxProcessBytes, idleMs });
  readonly #renders: CachedRenders;
  readonly #tasks: FileTasks;
  readonly #bytes: LRUCache<string, Buffer>;
  #closed = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#cache = new DiskCache(settings.cacheDir);
    this.#limit = new CacheLimit({
      entriesDir: this.#cache.entriesDir,
      contentsDir: this.#cache.contentsDir,
      tempDir: this.#cache.tempDir,
      maxBytes: settings.maxCacheBytes,
    });
    this.#bytes = new LRUCache({
      maxSize: settings.maxMemoryBytes,
      sizeCalculation: (data) => Math.max(1, data.byteLength),
      // Then the disk cache is asked again, which notes that its entry is still in use.
      ttl: useNotedEveryMs,
    });
    this.#hashes = new HashStore(this.#cache.hashesDir);
    this.#covers = new ChosenCovers(settings.cacheDir);
    this.#queue = new RenderQueue(settings);
    const parts = { cache: this.#cache, queue: this.#queue, pool: this.#pool };
    this.#renders = new CachedRenders(settings, { ...parts, limit: this.#limit, hashes: this.#hashes });
    this.#tasks = new FileTasks(settings, { ...parts, covers: this.#covers });
  }

  async thumbnail(path: string, { width, height, signal, within }: ThumbnailOptions): Promise<Thumbnail> {
    const box = checkBox({ width, height });
    return (await this.#picture(path, 'image', box, { signal, within })).thumbnail;
  }

  async videoCover(path: string, { width, height, signal, within }: ThumbnailOptions): Promise<Thumbnail> {
    const box = checkBox({ width, height });
    return (await this.#picture(path, 'video', box, { signal, within })).thumbnail;
  }

  async thumbnailBytes(path: string, options: ThumbnailOptions): Promise<ThumbnailBytes> {
    return this.#bytesOf(path, 'image', options);
  }

  async videoCoverBytes(path: string, options: ThumbnailOptions): Promise<ThumbnailBytes> {
    return this.#bytesOf(path, 'video', options);
  }

  async videoInfo(path: string, { signal, within }: Cancellable & Confined = {}): Promise<VideoInfo> {
    const source = await this.#identify(path, { signal, within });
    return this.#tasks.videoInfo(source, { signal });
  }

  async setVideoCover(path: string, image: Uint8Array): Promise<void> {
    await this.#tasks.storeCover(await this.#identify(path), image);
  }

  async removeVideoCover(path: string): Promise<void> {
    const video = await this.#identify(path);
    if (await this.#covers.mayHave(video))
      await this.#covers.remove(video, await this.#tasks.contentDigest(video));
  }

  async perceptualHash(path: string, { signal, within }: Cancellable & Confined = {}): Promise<string> {
    return (await this.#hash(path, { signal, within })).hash;
  }

  async pregenerate(
    paths: readonly string[],
    { width, height, ...options }: PregenerateOptions,
  ): Promise<PregenerateSummary> {
    const box = checkBox({ width, height });
    const { signal, within } = options;
    const timeoutMs = checkWholeNumber('timeoutMs', options.timeoutMs ?? pregenerateTimeoutMs, maxTimeoutMs);
    const background = { signal, within, timeoutMs, background: true };
    const target = {
      concurrency: this.#settings.concurrency,
      ensure: async (path: string, kind: MediaKind) =>
        (await this.#picture(path, kind, box, background)).outcome,
      hash: async (path: string) => this.#hash(path, background),
    };
    return pregenerate(target, paths, { ...options, ...box });
  }

  async stats(): Promise<ThumbnailerStats> {
    return {
      ...(await this.#cache.size()),
      maxCacheBytes: this.#settings.maxCacheBytes,
      chosenCovers: await this.#covers.count(),
      ...this.#renders.counts,
      running: this.#queue.running,
      waiting: this.#queue.waiting,
      processes: this.#pool.processes,
    };
  }

  async usage(): Promise<CacheUsage> {
    return { bytes: await this.#limit.bytes(), maxBytes: this.#settings.maxCacheBytes };
  }

  async removeUnused(
    paths: AsyncIterable<string>,
    { unusedMs = unusedForMs, signal }: RemoveUnusedOptions = {},
  ): Promise<number> {
    const removed = await removeUnused(this.#cache, paths, { unusedMs, signal });
    if (removed > 0) this.#limit.recount();
    return removed;
  }

  async clear({ chosenCovers = false }: ClearOptions = {}): Promise<void> {
    this.#renders.forgetFailures();
    this.#bytes.clear();
    this.#hashes.forget();
    await this.#cache.clear();
    this.#limit.recount();
    if (chosenCovers) await this.#covers.clear();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.close(closedError());
    this.#pool.stop();
    await this.#queue.settled();
    await this.#limit.settled();
  }

  async #bytesOf(path: string, kind: MediaKind, options: ThumbnailOptions): Promise<ThumbnailBytes> {
    const { width, height, signal, within } = options;
    const request = await this.#identifyPicture(path, kind, checkBox({ width, height }), { signal, within });
    const etag = cacheKey(request.source, request.kind, request.box);
    const cached = this.#bytes.get(etag);
    if (cached) {
      this.#renders.counts.hits += 1;
      return { data: cached, etag };
    }
    const data = await this.#read(request, { signal });
    this.#bytes.set(etag, data);
    return { data, etag };
  }

  async #read(request: PictureRequest, options: Cancellable): Promise<Buffer> {
    const ask = async (): Promise<Buffer> => {
      const { thumbnail, data } = await this.#renders.get(request, options);
      return data ?? readFile(thumbnail.path);
    };
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ThumbnailError) throw error;
      options.signal?.throwIfAborted();
    }
    // It was evicted in that moment, and cannot be the oldest again; or it is there and cannot be read.
    return ask().catch((error: unknown) => {
      if (error instanceof ThumbnailError) throw error;
      options.signal?.throwIfAborted();
      return this.#renders.draw(request, options);
    });
  }

  async #hash(path: string, options: RenderOptions & Confined) {
    const kind = mediaKind(path) ?? 'image';
    return this.#renders.hash(await this.#identifyPicture(path, kind, hashBox, options), options);
  }

  async #picture(
    path: string,
    kind: MediaKind,
    box: Box,
    options: RenderOptions & Confined,
  ): Promise<PictureOutcome> {
    const request = await this.#identifyPicture(path, kind, box, options);
    const picture = await this.#renders.get(request, options);
    if (picture.data === undefined) return picture;
    const message = `The cache cannot be written, so there is no file of the thumbnail of ${path}`;
    throw new ThumbnailError('cache-unwritable', message, { path });
  }

  async #identifyPicture(
    path: string,
    kind: MediaKind,
    box: Box,
    options: RenderOptions & Confined,
  ): Promise<PictureRequest> {
    const source = await this.#identify(path, options);
    const cover = kind === 'video' ? await this.#chosenCover(source, options) : undefined;
    return cover ? { source: cover, kind: 'image', box } : { source, kind, box };
  }

  async #identify(path: string, { signal, within }: Cancellable & Confined = {}): Promise<SourceFile> {
    if (this.#closed) throw closedError();
    signal?.throwIfAborted();
    return this.#sources.identify(path, within);
  }

  async #chosenCover(video: SourceFile, options: RenderOptions): Promise<SourceFile | undefined> {
    try {
      if (!(await this.#covers.mayHave(video))) return undefined;
      const digest = await this.#tasks.contentDigest(video, options);
      return await this.#sources.identify(await this.#covers.pathFor(video, digest));
    } catch {
      return undefined;
    }
  }
}

function closedError(): ThumbnailError {
  return new ThumbnailError('closed', 'The thumbnailer was closed');
}
