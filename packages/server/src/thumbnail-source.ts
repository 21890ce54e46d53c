/** What the server asks of a thumbnailer; `createThumbnailer` of `@iib-kit/thumbnails` gives one. */
export interface ThumbnailSource {
  thumbnailBytes(
    path: string,
    options: { width: number; height: number; signal?: AbortSignal },
  ): Promise<{ readonly data: Buffer; readonly etag: string }>;
  close(): Promise<void>;
}
