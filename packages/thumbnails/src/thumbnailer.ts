import type { Box } from './box.ts';
import type { PregenerateOptions, PregenerateSummary } from './pregenerate.ts';
import type { VideoInfo } from './video-info.ts';

/** A rendered WebP file in the cache. */
export interface Thumbnail {
  /** Where the file lies; it may be evicted later, so open it soon. */
  readonly path: string;
  /** Names the content, for an ETag (without quotes): it changes with the file and the box. */
  readonly etag: string;
  /** Size of the file. */
  readonly bytes: number;
}

/** A rendered WebP picture. */
export interface ThumbnailBytes {
  /** The WebP file. */
  readonly data: Buffer;
  /** Names the content, for an ETag (without quotes): it changes with the file and the box. */
  readonly etag: string;
}

/** A signal that withdraws the request; the promise then rejects with the signal's reason. */
export interface Cancellable {
  readonly signal?: AbortSignal | undefined;
}

/** Where a file must lie. */
export interface Confined {
  /**
   * Folders, absolute with their links resolved, that the file must really lie in, also when it is opened to be rendered;
   * `unreadable` otherwise. Anywhere, unless given.
   */
  readonly within?: readonly string[] | undefined;
}

/** The frame to fit into. */
export interface ThumbnailOptions extends Box, Cancellable, Confined {}

/** What to clear besides what can be rendered again. */
export interface ClearOptions {
  /** Also removes the covers that `setVideoCover` stored. Default false. */
  readonly chosenCovers?: boolean;
}

/** What `removeUnused` takes to be unused. */
export interface RemoveUnusedOptions extends Cancellable {
  /** Milliseconds for which nobody asked for it. Default: a week. */
  readonly unusedMs?: number | undefined;
}

/** How full a cache is. */
export interface CacheUsage {
  /** Size of the rendered files. */
  readonly bytes: number;
  /** The size that they may have. */
  readonly maxBytes: number;
}

/** How a thumbnailer and its cache stand. */
export interface ThumbnailerStats {
  /** Rendered files in the cache folder, whoever wrote them. */
  readonly entries: number;
  /** Their size together. */
  readonly bytes: number;
  /** The size that they may have. */
  readonly maxCacheBytes: number;
  /** Covers that `setVideoCover` stored. */
  readonly chosenCovers: number;
  /** Requests of this thumbnailer that the cache answered. */
  readonly hits: number;
  /** Pictures that this thumbnailer rendered. */
  readonly rendered: number;
  /** Renders that failed. */
  readonly failed: number;
  /** Renders that run now. */
  readonly running: number;
  /** Requests that wait now. */
  readonly waiting: number;
  /** Render processes that live now. */
  readonly processes: number;
}

/**
 * Makes and keeps thumbnails; `createThumbnailer` gives one. Every method that reads a file rejects
 * with a `ThumbnailError`, whose `code` says why, and a wrong argument with `TypeError` or `RangeError`.
 */
export interface Thumbnailer {
  /**
   * Gives the thumbnail of an image: WebP, fitted into the box, upright, never enlarged, alpha kept;
   * of an animation the first frame.
   */
  thumbnail(path: string, options: ThumbnailOptions): Promise<Thumbnail>;

  /**
   * As `thumbnail`, with the bytes, of which the most recent ones are kept in memory: do not write into
   * them. Renders again what is evicted before it can be read.
   */
  thumbnailBytes(path: string, options: ThumbnailOptions): Promise<ThumbnailBytes>;

  /**
   * Gives the cover of a video: the one that `setVideoCover` stored for its present content, else the
   * first of a few early frames that is neither nearly black nor empty.
   */
  videoCover(path: string, options: ThumbnailOptions): Promise<Thumbnail>;

  /** As `videoCover`, with the bytes, of which the most recent ones are kept in memory: do not write into them. */
  videoCoverBytes(path: string, options: ThumbnailOptions): Promise<ThumbnailBytes>;

  /** Reads the length, size and codec of a video. */
  videoInfo(path: string, options?: Cancellable & Confined): Promise<VideoInfo>;

  /**
   * Makes an image, of any format that thumbnails are made of, the cover of a video until its content changes, wherever it
   * is moved and whatever it is called.
   */
  setVideoCover(path: string, image: Uint8Array): Promise<void>;

  /** Removes the cover that `setVideoCover` stored, so that a frame is shown again. */
  removeVideoCover(path: string): Promise<void>;

  /**
   * Gives the 64-bit difference hash of an image or, by the ending of the name, of a video's cover, as
   * 16 hexadecimal digits. It is taken from the thumbnail in a box of 256 x 256; the hash is kept, the picture is not.
   * `hashDistance` compares two.
   */
  perceptualHash(path: string, options?: Cancellable & Confined): Promise<string>;

  /**
   * Renders what is missing for files and for all images and videos under folders, while nothing else
   * is asked for. A second run passes over what the first has made.
   */
  pregenerate(paths: readonly string[], options: PregenerateOptions): Promise<PregenerateSummary>;

  /** Counts the cache folder and the work of this thumbnailer. */
  stats(): Promise<ThumbnailerStats>;

  /** What the rendered files take, as last counted: only the first call counts them. */
  usage(): Promise<CacheUsage>;

  /**
   * Removes what was rendered of files that are not among `paths` (gone, renamed or never listed) and was not asked for
   * within a week; gives how many files of the cache went. `paths` are read only where something may have to go.
   */
  removeUnused(paths: AsyncIterable<string>, options?: RemoveUnusedOptions): Promise<number>;

  /** Removes the rendered files and the perceptual hashes. */
  clear(options?: ClearOptions): Promise<void>;

  /** Ends the render processes; what waits fails with `closed`. */
  close(): Promise<void>;
}
