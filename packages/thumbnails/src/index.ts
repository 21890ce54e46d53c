export { maxBoxSide, type Box } from './box.ts';
export { createThumbnailer } from './create-thumbnailer.ts';
export { hashDistance } from './hash-distance.ts';
export { mediaKind, type MediaKind } from './media-kind.ts';
export type {
  PregenerateCounts,
  PregenerateOptions,
  PregenerateProgress,
  PregenerateSummary,
} from './pregenerate.ts';
export { isThumbnailError, ThumbnailError, type ThumbnailErrorCode } from './thumbnail-error.ts';
export type {
  CacheUsage,
  Cancellable,
  ClearOptions,
  Confined,
  RemoveUnusedOptions,
  Thumbnail,
  ThumbnailBytes,
  Thumbnailer,
  ThumbnailerStats,
  ThumbnailOptions,
} from './thumbnailer.ts';
export type { ThumbnailerOptions } from './thumbnailer-options.ts';
export type { VideoInfo } from './video-info.ts';
