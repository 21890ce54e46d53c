/** What the server asks of a thumbnailer; `createThumbnailer` of `@iib-kit/thumbnails` gives one. */
export interface ThumbnailSource {
  thumbnailBytes(
    path: string,
    options: { width: number; height: number; signal?: AbortSignal },
  ): Promise<{ readonly data: Buffer; readonly etag: string }>;
  /** 64 bits as 16 hexadecimal digits. */
  perceptualHash(path: string, options: { signal?: AbortSignal }): Promise<string>;
  close(): Promise<void>;
}
