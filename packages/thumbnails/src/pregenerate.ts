import type { Box } from './box.ts';
import { mediaKind, type MediaKind } from './media-kind.ts';
import { isThumbnailError, type ThumbnailError, type ThumbnailErrorCode } from './thumbnail-error.ts';
import { walkMedia } from './walk-media.ts';

/** What to render, and who is notified. */
export interface PregenerateOptions extends Box {
  /** Thumbnails of images. Default true. */
  readonly images?: boolean;
  /** Covers of videos. Default true. */
  readonly videos?: boolean;
  /** Also computes the perceptual hash of each file and gives it to `onProgress`. Default false. */
  readonly hashes?: boolean;
  /** Whether thumbnails and covers are made and kept; false, with `hashes`, for the hashes alone. Default true. */
  readonly pictures?: boolean;
  /** Milliseconds that one file may take; longer than usual, as no request waits. Default 20000. */
  readonly timeoutMs?: number;
  /** Whether a file or folder found on the way is left out, asked with its path. Default: none is. */
  readonly excludes?: (path: string) => boolean;
  /** Called after each file. */
  readonly onProgress?: (progress: PregenerateProgress) => void;
  /** Ends the run; what was rendered stays, and the next run goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** Folders, absolute with their links resolved, that files must really lie in. Default: anywhere. */
  readonly within?: readonly string[] | undefined;
}

/** One file that is done, and how far the run is. */
export type PregenerateProgress = PregenerateCounts & {
  readonly path: string;
  /** Files that the run will do; absent until the folders are counted. */
  readonly total?: number;
} & (
    | { readonly outcome: 'rendered' | 'cached'; readonly hash?: string }
    | { readonly outcome: 'failed'; readonly error: ThumbnailError }
  );

/** How many files a run has done so far, or in all. */
export interface PregenerateCounts {
  /** All of the other three. */
  readonly done: number;
  readonly rendered: number;
  /** Were there already. */
  readonly cached: number;
  readonly failed: number;
}

/** What a run did. */
export type PregenerateSummary = PregenerateCounts;

/** What a run needs of a thumbnailer. */
export interface PregenerateTarget {
  readonly concurrency: number;
  /** Renders one file in the background unless it is there, and says which. */
  ensure(path: string, kind: MediaKind): Promise<'rendered' | 'cached'>;
  /** Computes a hash in the background unless it is known, and says which. */
  hash(path: string): Promise<{ readonly hash: string; readonly outcome: 'rendered' | 'cached' }>;
}

// With these every other file would fail as well.
const endsRun: ReadonlySet<ThumbnailErrorCode> = new Set([
  'cache-unwritable',
  'renderer-unavailable',
  'closed',
]);

type Result = { readonly path: string } & (
  | { readonly outcome: 'rendered' | 'cached'; readonly hash?: string }
  | { readonly outcome: 'failed'; readonly error: ThumbnailError }
);

/** Renders what is missing for the files and folders at `paths`. */
export async function pregenerate(
  target: PregenerateTarget,
  paths: readonly string[],
  options: PregenerateOptions,
): Promise<PregenerateSummary> {
  const counts = { done: 0, rendered: 0, cached: 0, failed: 0 };
  let total: number | undefined;
  const count = async (): Promise<void> => {
    total = await countFiles(requestedFiles(paths, options));
  };
  const files = requestedFiles(paths, options);
  const work = async (): Promise<void> => {
    for await (const path of shared(files)) {
      options.signal?.throwIfAborted();
      const result = await makeOne(target, path, options);
      counts.done += 1;
      counts[result.outcome] += 1;
      options.onProgress?.({ ...counts, ...result, ...(total !== undefined && { total }) });
    }
  };
  try {
    await Promise.all([count(), ...Array.from({ length: target.concurrency }, work)]);
    return counts;
  } finally {
    await files.return(undefined);
  }
}

async function* requestedFiles(
  paths: readonly string[],
  { images = true, videos = true, excludes, signal }: PregenerateOptions,
): AsyncGenerator<string, undefined> {
  for await (const path of walkMedia(paths, excludes)) {
    signal?.throwIfAborted();
    const kind = mediaKind(path) ?? 'image';
    if (kind === 'image' ? images : videos) yield path;
  }
  return undefined;
}

async function countFiles(files: AsyncIterable<string>): Promise<number> {
  let count = 0;
  for await (const _ of files) count += 1;
  return count;
}

/** Lets several loops draw from one generator; the end of one loop does not end the others. */
function shared<T>(files: AsyncGenerator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => files.next() }) };
}

async function makeOne(
  target: PregenerateTarget,
  path: string,
  { hashes = false, pictures = true }: PregenerateOptions,
): Promise<Result> {
  try {
    const drawn = pictures ? await target.ensure(path, mediaKind(path) ?? 'image') : 'cached';
    if (!hashes) return { path, outcome: drawn };
    const { hash, outcome } = await target.hash(path);
    return { path, hash, outcome: pictures ? drawn : outcome };
  } catch (error) {
    if (!isThumbnailError(error) || endsRun.has(error.code)) throw error;
    return { path, outcome: 'failed', error };
  }
}
