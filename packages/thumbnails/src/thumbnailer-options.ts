import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';

/** How a thumbnailer works; everything but `cacheDir` has a default. */
export interface ThumbnailerOptions {
  /** Folder for what was rendered; made when missing, may be shared by several processes. */
  cacheDir: string;
  /** Renders that run at the same moment, each in a process of its own. Default: the cores, at most 8. */
  concurrency?: number;
  /** Requests that may wait; beyond it the one that waits longest fails with `queue-full`. Default 1000. */
  maxWaiting?: number;
  /** Milliseconds that one file may take, not counting the wait in the queue. Default 1800. */
  timeoutMs?: number;
  /** Pixels of an image or a video frame, width times height. Default 200 million. */
  maxPixels?: number;
  /** Size of an image file in bytes; videos have no limit, as only parts of them are read. Default 512 MiB. */
  maxFileBytes?: number;
  /** WebP quality, 1 to 100. Default 80. */
  quality?: number;
}

export type Settings = Readonly<Required<ThumbnailerOptions>>;

/** @throws TypeError, RangeError naming the option */
export function checkOptions(options: ThumbnailerOptions): Settings {
  for (const name of Object.keys(options)) {
    if (name !== 'cacheDir' && !(name in wholeNumbers)) {
      throw new TypeError(`Unknown option ${name}`);
    }
  }
  const { cacheDir } = options;
  if (typeof cacheDir !== 'string' || cacheDir === '') {
    throw new TypeError('cacheDir must be the path of a folder');
  }
  return Object.freeze({
    cacheDir: resolve(cacheDir),
    concurrency: wholeNumber(options, 'concurrency'),
    maxWaiting: wholeNumber(options, 'maxWaiting'),
    timeoutMs: wholeNumber(options, 'timeoutMs'),
    maxPixels: wholeNumber(options, 'maxPixels'),
    maxFileBytes: wholeNumber(options, 'maxFileBytes'),
    quality: wholeNumber(options, 'quality'),
  });
}

const wholeNumbers = {
  concurrency: { default: Math.min(availableParallelism(), 8), max: 64 },
  maxWaiting: { default: 1000, max: 1_000_000 },
  timeoutMs: { default: 1800, max: 3_600_000 },
  maxPixels: { default: 200_000_000, max: 2 ** 31 - 1 },
  maxFileBytes: { default: 512 * 2 ** 20, max: Number.MAX_SAFE_INTEGER },
  quality: { default: 80, max: 100 },
} satisfies Record<Exclude<keyof ThumbnailerOptions, 'cacheDir'>, { default: number; max: number }>;

function wholeNumber(options: ThumbnailerOptions, name: keyof typeof wholeNumbers): number {
  const { default: fallback, max } = wholeNumbers[name];
  const value: unknown = options[name] ?? fallback;
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number`);
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new RangeError(`${name} must be a whole number from 1 to ${max}, not ${value}`);
  }
  return value;
}
