const thumbnailErrorCodes = [
  /** Nothing is at the path (any more). */
  'not-found',
  /** The path is a folder, a pipe or a device. */
  'not-a-file',
  /** The operating system refused to read the file. */
  'unreadable',
  /** The bytes are of no image format. */
  'not-an-image',
  /** The bytes are of no video format. */
  'not-a-video',
  /** A video file with sound or subtitles only, or without one frame that decodes. */
  'no-video-stream',
  /** The file ends, or its data is damaged, before anything can be drawn. */
  'truncated',
  /** A known format that nothing installed here decodes. */
  'unsupported',
  /** More pixels or bytes than the limits allow. */
  'too-large',
  /** An SVG that shows other files or addresses, which are never read. */
  'external-reference',
  /** The render took longer than `timeoutMs`; it may be there for the next request. */
  'timeout',
  /** The decoder took its process down. */
  'crashed',
  /** So many newer requests are waiting that this one was dropped. */
  'queue-full',
  /** Neither node-av nor an ffmpeg program is here to read videos. */
  'no-video-decoder',
  /** The render processes cannot be started, for example because sharp is not installed. */
  'renderer-unavailable',
  /** The cache folder cannot be written. */
  'cache-unwritable',
  /** The thumbnailer was closed. */
  'closed',
] as const;

/** Why a thumbnail could not be made. */
export type ThumbnailErrorCode = (typeof thumbnailErrorCodes)[number];

/** A thumbnail, cover or hash that could not be made; `code` says why. */
export class ThumbnailError extends Error {
  override readonly name = 'ThumbnailError';
  readonly code: ThumbnailErrorCode;
  /** The file that was asked for, when the failure belongs to one. */
  readonly path: string | undefined;

  constructor(
    code: ThumbnailErrorCode,
    message: string,
    details: { path?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.path = details.path;
  }
}

/** Whether `error` is a `ThumbnailError`, also one that another copy of this package threw. */
export function isThumbnailError(error: unknown): error is ThumbnailError {
  return (
    error instanceof Error &&
    error.name === 'ThumbnailError' &&
    'code' in error &&
    thumbnailErrorCodes.some((code) => code === error.code)
  );
}
