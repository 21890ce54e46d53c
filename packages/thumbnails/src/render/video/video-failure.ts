import { ThumbnailError } from '../../thumbnail-error.ts';
import { fileSignature, type FileSignature } from '../file-signature.ts';

/** Why a file that FFmpeg cannot open cannot be opened: damaged when its first bytes are those of a video. */
export function unopenedVideo(path: string, reason: string): ThumbnailError {
  const signature = signatureIfReadable(path);
  if (signature?.media === 'video') {
    const message = `${path} begins as ${signature.format} and cannot be read: ${reason}`;
    return new ThumbnailError('truncated', message, { path });
  }
  return new ThumbnailError('not-a-video', `${path} is not a video: ${reason}`, { path });
}

function signatureIfReadable(path: string): FileSignature | undefined {
  try {
    return fileSignature(path);
  } catch {
    return undefined;
  }
}

export function withoutPicture(path: string): ThumbnailError {
  return new ThumbnailError('no-video-stream', `${path} has no video stream`, { path });
}

export function checkFrameSize(
  path: string,
  { width, height }: { width: number; height: number },
  maxPixels: number,
): void {
  if (width < 1 || height < 1) throw withoutPicture(path);
  if (width * height <= maxPixels) return;
  const message = `${path} has frames of ${width} x ${height} pixels, more than maxPixels (${maxPixels})`;
  throw new ThumbnailError('too-large', message, { path });
}
