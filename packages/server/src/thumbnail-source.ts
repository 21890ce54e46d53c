/** What the server asks of a thumbnailer; `createThumbnailer` of `@iib-kit/thumbnails` gives one. */
export interface ThumbnailSource {
  thumbnailBytes(path: string, options: PictureOptions): Promise<Picture>;
  videoCoverBytes(path: string, options: PictureOptions): Promise<Picture>;
  setVideoCover(path: string, image: Uint8Array): Promise<void>;
  /** 64 bits as 16 hexadecimal digits. */
  perceptualHash(path: string, options: { signal?: AbortSignal }): Promise<string>;
  /** Makes what is missing for all images and videos in folders, in the background of other calls. */
  pregenerate(
    folders: readonly string[],
    options: {
      width: number;
      height: number;
      hashes: boolean;
      signal?: AbortSignal;
      onProgress: (progress: {
        readonly path: string;
        readonly done: number;
        readonly total?: number;
        readonly hash?: string;
      }) => void;
    },
  ): Promise<{ readonly failed: number }>;
  close(): Promise<void>;
}

export interface PictureOptions {
  readonly width: number;
  readonly height: number;
  readonly signal?: AbortSignal;
}

/** A WebP picture; its `etag` is without quotes. */
export interface Picture {
  readonly data: Buffer;
  readonly etag: string;
}
