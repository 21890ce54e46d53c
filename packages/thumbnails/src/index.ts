export { maxBoxSide, type Box } from './box.ts';
export { createThumbnailer } from './create-thumbnailer.ts';
export { isThumbnailError, ThumbnailError, type ThumbnailErrorCode } from './thumbnail-error.ts';
export type { Thumbnail, Thumbnailer, ThumbnailOptions } from './thumbnailer.ts';
export type { ThumbnailerOptions } from './thumbnailer-options.ts';
