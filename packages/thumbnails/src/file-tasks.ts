import { mkdir, writeFile } from 'node:fs/promises';

import { LRUCache } from 'lru-cache';

import { timeLimits } from './cached-renders.ts';
import type { ChosenCovers } from './chosen-covers.ts';
import type { DiskCache } from './disk-cache.ts';
import type { RenderQueue, RequestOptions } from './render-queue.ts';
import type { RenderPool } from './render/render-pool.ts';
import type { SourceFile } from './source-file.ts';
import { isThumbnailError, ThumbnailError } from './thumbnail-error.ts';
import type { Settings } from './thumbnailer-options.ts';
import type { VideoInfo } from './video-info.ts';

// A chosen cover is kept large enough for any screen, and better than what is made from it.
const coverBox = { width: 2048, height: 2048 };
const coverQuality = 92;

interface Parts {
  readonly cache: DiskCache;
  readonly covers: ChosenCovers;
  readonly queue: RenderQueue;
  readonly pool: RenderPool;
}

/** What render processes do besides thumbnails. */
export class FileTasks {
  readonly #settings: Settings;
  readonly #parts: Parts;
  readonly #contents = new LRUCache<string, string>({ max: 10_000 });

  constructor(settings: Settings, parts: Parts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  async videoInfo(
    { realPath, within, mtimeMs, size }: SourceFile,
    options: RequestOptions,
  ): Promise<VideoInfo> {
    const { maxPixels, ffmpegPath } = this.#settings;
    const { timeoutMs, programMs } = timeLimits(this.#settings.timeoutMs);
    const task = { kind: 'video-info', source: realPath, within, maxPixels, ffmpegPath, programMs } as const;
    const work = (): Promise<VideoInfo> => this.#parts.pool.run(task, { timeoutMs });
    return this.#parts.queue.request(`info\0${realPath}\0${mtimeMs}\0${size}`, work, options);
  }

  /** Tells the content of a video from every other, by a digest that reads all of it or, of a large one, much. */
  async contentDigest(
    { realPath, within, mtimeMs, size }: SourceFile,
    options: RequestOptions = {},
  ): Promise<string> {
    const key = `content\0${realPath}\0${mtimeMs}\0${size}`;
    const known = this.#contents.get(key);
    if (known !== undefined) return known;
    const timeoutMs = Math.max(this.#settings.timeoutMs, this.#settings.maxRenderMs);
    const work = (): Promise<{ digest: string }> =>
      this.#parts.pool.run({ kind: 'content', source: realPath, within }, { timeoutMs });
    const { digest } = await this.#parts.queue.request(key, work, options);
    this.#contents.set(key, digest);
    return digest;
  }

  async storeCover(video: SourceFile, image: Uint8Array): Promise<void> {
    const { maxFileBytes } = this.#settings;
    if (image.byteLength > maxFileBytes) {
      const message = `The cover has ${image.byteLength} bytes, more than maxFileBytes (${maxFileBytes})`;
      throw new ThumbnailError('too-large', message);
    }
    const upload = this.#parts.cache.tempPath();
    try {
      await mkdir(this.#parts.cache.tempDir, { recursive: true });
      await writeFile(upload, image);
      const target = await this.#parts.covers.pathFor(video, await this.contentDigest(video));
      await this.#parts.queue.request(`cover\0${upload}`, () => this.#drawCover(upload, target));
      this.#parts.covers.forgetNames();
    } catch (error) {
      throw aboutCover(error, upload, video.realPath);
    } finally {
      await this.#parts.cache.discardTemp(upload);
    }
  }

  async #drawCover(source: string, target: string): Promise<void> {
    const { maxPixels } = this.#settings;
    const { timeoutMs, ...limits } = timeLimits(this.#settings.timeoutMs);
    const temp = this.#parts.cache.tempPath();
    const files = { source, temp, target, replace: true, mayStayUnwritten: false };
    const form = { box: coverBox, quality: coverQuality, maxPixels };
    try {
      await this.#parts.pool.run({ kind: 'image', ...files, ...form, ...limits }, { timeoutMs });
    } finally {
      await this.#parts.cache.discardTemp(temp);
    }
  }
}

/** Names the video in place of the temporary file, of which the caller knows nothing. */
function aboutCover(error: unknown, upload: string, path: string): unknown {
  if (!isThumbnailError(error)) return error;
  const message = error.message.replaceAll(upload, `the cover for ${path}`);
  return new ThumbnailError(error.code, message, { path, cause: error });
}
