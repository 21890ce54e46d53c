/** What the server asks of a thumbnailer; `createThumbnailer` of `@iib-kit/thumbnails` gives one. */
export interface ThumbnailSource {
  thumbnailBytes(path: string, options: PictureOptions): Promise<Picture>;
  videoCoverBytes(path: string, options: PictureOptions): Promise<Picture>;
  setVideoCover(path: string, image: Uint8Array): Promise<void>;
  /** 64 bits as 16 hexadecimal digits. */
  perceptualHash(path: string, options: Pick<PictureOptions, 'signal' | 'within'>): Promise<string>;
  /** Makes what is missing for all images and videos in folders, in the background of other calls. */
  pregenerate(
    folders: readonly string[],
    options: {
      width: number;
      height: number;
      images?: boolean;
      videos?: boolean;
      hashes?: boolean;
      pictures?: boolean;
      signal?: AbortSignal;
      within?: readonly string[] | undefined;
      onProgress: (
        progress: PregenerationCounts & {
          readonly path: string;
          readonly total?: number;
          readonly hash?: string;
        },
      ) => void;
    },
  ): Promise<PregenerationCounts>;
  /** Removes what is left of files other than `paths`; gives how many. */
  removeUnused(paths: AsyncIterable<string>, options: { signal: AbortSignal }): Promise<number>;
  usage(): Promise<{ readonly bytes: number; readonly maxBytes: number }>;
  close(): Promise<void>;
}

/** How many files a run has done. */
export interface PregenerationCounts {
  readonly done: number;
  readonly rendered: number;
  /** Were there already. */
  readonly cached: number;
  readonly failed: number;
}

export interface PictureOptions {
  readonly width: number;
  readonly height: number;
  readonly signal?: AbortSignal;
  /** Folders that the file must really lie in; anywhere, unless given. */
  readonly within?: readonly string[] | undefined;
}

/** A WebP picture; its `etag` is without quotes. */
export interface Picture {
  readonly data: Buffer;
  readonly etag: string;
}
