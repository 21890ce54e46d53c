/** What the server asks of a thumbnailer; `createThumbnailer` of `@iib-kit/thumbnails` gives one. */
export interface ThumbnailSource {
  thumbnail(
    path: string,
    options: { width: number; height: number; signal?: AbortSignal },
  ): Promise<{ readonly path: string; readonly etag: string }>;
  close?(): Promise<void>;
}
