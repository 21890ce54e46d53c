import { access } from 'node:fs/promises';

import { ThumbnailError } from '../../thumbnail-error.ts';
import { openWithLibav } from './libav-video.ts';
import { loadLibav } from './load-libav.ts';
import { openWithProgram } from './program-video.ts';
import type { VideoReader } from './video-reader.ts';
import type { VideoRequest } from './video-request.ts';

/** Opens a video with the program that was chosen, or with node-av, or with an ffmpeg in the PATH. */
export async function openVideo(request: VideoRequest): Promise<VideoReader> {
  const path = request.source;
  await access(path).catch((cause: unknown) => {
    throw new ThumbnailError('not-found', `${path} does not exist`, { path, cause });
  });
  if (request.ffmpegPath) return openWithProgram(request.ffmpegPath, request);
  const libav = await loadLibav();
  return libav ? openWithLibav(libav, request) : openWithProgram('ffmpeg', request);
}
