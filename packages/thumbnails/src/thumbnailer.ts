import type { Box } from './box.ts';

/** A rendered WebP file in the cache. */
export interface Thumbnail {
  /** Where the file lies; it may be evicted later, so read it soon. */
  readonly path: string;
  /** Names the content, for an ETag (without quotes): it changes with the file and the box. */
  readonly etag: string;
  /** Size of the file. */
  readonly bytes: number;
}

/** The frame to fit into and a signal that withdraws the request. */
export interface ThumbnailOptions extends Box {
  readonly signal?: AbortSignal | undefined;
}

/** Makes and keeps thumbnails; `createThumbnailer` gives one. */
export interface Thumbnailer {
  /**
   * Gives the thumbnail of an image: WebP, fitted into the box, upright, never enlarged, alpha kept;
   * of an animation the first frame.
   *
   * @throws ThumbnailError; TypeError or RangeError for a wrong box; the signal's reason
   */
  thumbnail(path: string, options: ThumbnailOptions): Promise<Thumbnail>;

  /** Ends the render processes; what waits fails with `closed`. */
  close(): Promise<void>;
}
