import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';

import type { ThumbnailError } from './thumbnail-error.ts';

/** How a thumbnailer works; everything but `cacheDir` has a default. */
export interface ThumbnailerOptions {
  /** Folder for what was rendered; made when missing, may be shared by several processes. */
  cacheDir: string;
  /** Bytes of rendered files to keep; what was not used for longest goes first. Default 1 GiB. */
  maxCacheBytes?: number;
  /** Bytes of rendered files that `thumbnailBytes` keeps in memory. Default 32 MiB. */
  maxMemoryBytes?: number;
  /**
   * Renders that run at the same moment, each in a process of its own. Default: as many as there are
   * cores, at most 8. With one more, each render takes 4 % more work, as the processes take turns.
   */
  concurrency?: number;
  /** Requests that may wait; beyond it the one that waits longest fails with `queue-full`. Default 1000. */
  maxWaiting?: number;
  /**
   * Milliseconds that a request waits for its file, not counting the wait in the queue; then it fails with `timeout`, and the
   * render goes on for the cache. Default 1800.
   */
  timeoutMs?: number;
  /** Milliseconds after which a render is ended, whether or not somebody waits for it. Default 20,000. */
  maxRenderMs?: number;
  /**
   * Pixels of an image or a video frame, width times height; of a JPEG that is not progressive those that are decoded, which
   * for a small box are up to 64 times fewer. Default 200 million.
   */
  maxPixels?: number;
  /** Size of an image file in bytes; videos have no limit, as only parts of them are read. Default 512 MiB. */
  maxFileBytes?: number;
  /** WebP quality, 1 to 100. Default 80. */
  quality?: number;
  /** An ffmpeg program to read videos with. Default: node-av where installed, else `ffmpeg` from the PATH. */
  ffmpegPath?: string;
  /**
   * Is called with a `cache-unwritable` when a thumbnail could not be written, once until one can be again. `thumbnailBytes`
   * and `videoCoverBytes` give it all the same.
   */
  onCacheUnwritable?: (error: ThumbnailError) => void;
}

/** An hour. */
export const maxTimeoutMs = 3_600_000;

const paths = ['cacheDir', 'ffmpegPath'] as const satisfies (keyof ThumbnailerOptions)[];

const wholeNumbers = {
  maxCacheBytes: { fallback: 2 ** 30, max: Number.MAX_SAFE_INTEGER },
  maxMemoryBytes: { fallback: 32 * 2 ** 20, max: Number.MAX_SAFE_INTEGER },
  concurrency: { fallback: Math.min(availableParallelism(), 8), max: 64 },
  maxWaiting: { fallback: 1000, max: 1_000_000 },
  timeoutMs: { fallback: 1800, max: maxTimeoutMs },
  maxRenderMs: { fallback: 20_000, max: maxTimeoutMs },
  maxPixels: { fallback: 200_000_000, max: 2 ** 31 - 1 },
  maxFileBytes: { fallback: 512 * 2 ** 20, max: Number.MAX_SAFE_INTEGER },
  quality: { fallback: 80, max: 100 },
} as const;

const callbacks = ['onCacheUnwritable'] as const satisfies (keyof ThumbnailerOptions)[];

type NumberName = Exclude<keyof ThumbnailerOptions, (typeof paths)[number] | (typeof callbacks)[number]>;

/** Options with their defaults. */
export interface Settings extends Readonly<Record<NumberName, number>> {
  readonly cacheDir: string;
  readonly ffmpegPath: string | undefined;
  readonly onCacheUnwritable: ThumbnailerOptions['onCacheUnwritable'];
}

/** @throws TypeError, RangeError naming the option */
export function checkOptions(options: ThumbnailerOptions): Settings {
  for (const name of Object.keys(options)) {
    if (![...paths, ...callbacks, ...Object.keys(wholeNumbers)].includes(name)) {
      throw new TypeError(`Unknown option ${name}`);
    }
  }
  const { cacheDir, ffmpegPath, onCacheUnwritable } = options;
  checkPath('cacheDir', cacheDir);
  if (ffmpegPath !== undefined) checkPath('ffmpegPath', ffmpegPath);
  if (onCacheUnwritable !== undefined && typeof onCacheUnwritable !== 'function')
    throw new TypeError('onCacheUnwritable must be a function');
  return Object.freeze({
    cacheDir: resolve(cacheDir),
    ffmpegPath,
    onCacheUnwritable,
    maxCacheBytes: wholeNumber(options, 'maxCacheBytes'),
    maxMemoryBytes: wholeNumber(options, 'maxMemoryBytes'),
    concurrency: wholeNumber(options, 'concurrency'),
    maxWaiting: wholeNumber(options, 'maxWaiting'),
    timeoutMs: wholeNumber(options, 'timeoutMs'),
    maxRenderMs: wholeNumber(options, 'maxRenderMs'),
    maxPixels: wholeNumber(options, 'maxPixels'),
    maxFileBytes: wholeNumber(options, 'maxFileBytes'),
    quality: wholeNumber(options, 'quality'),
  });
}

function wholeNumber(options: ThumbnailerOptions, name: NumberName): number {
  const { fallback, max } = wholeNumbers[name];
  return checkWholeNumber(name, options[name] ?? fallback, max);
}

/** @throws TypeError, RangeError naming the option */
export function checkWholeNumber(name: string, value: unknown, max: number): number {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number`);
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new RangeError(`${name} must be a whole number from 1 to ${max}, not ${value}`);
  }
  return value;
}

function checkPath(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '' || value.includes('\0')) {
    throw new TypeError(`${name} must be a path`);
  }
}
