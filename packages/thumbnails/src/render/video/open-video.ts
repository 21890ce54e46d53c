import { access } from 'node:fs/promises';

import type { Sharp } from 'sharp';

import type { Box } from '../../box.ts';
import { ThumbnailError } from '../../thumbnail-error.ts';
import type { VideoInfo } from '../../video-info.ts';
import { openWithLibav } from './libav-video.ts';
import { loadLibav } from './libav.ts';
import { openWithProgram } from './program-video.ts';

/** A video that is open for reading frames. */
export interface OpenVideo {
  readonly info: VideoInfo;
  /** The first frame at or after this second, upright; undefined where none is left. */
  frameAt(seconds: number): Promise<Sharp | undefined>;
  close(): Promise<void>;
}

export interface VideoRequest {
  readonly source: string;
  readonly maxPixels: number;
  /** The program to use in place of node-av. */
  readonly ffmpegPath?: string | undefined;
  /** What the runs of the program may take together. */
  readonly programMs: number;
  /** Shows frames that an edit list cuts out. */
  readonly ignoreEdits?: boolean;
  /** FFmpeg's names of the formats that may be opened. Default: containers of videos. */
  readonly formats?: string;
  /** Frames need not be larger than what fits in here. */
  readonly box?: Box;
}

/** Opens a video with the program that was chosen, or with node-av, or with an ffmpeg in the PATH. */
export async function openVideo(request: VideoRequest): Promise<OpenVideo> {
  const path = request.source;
  await access(path).catch((cause: unknown) => {
    throw new ThumbnailError('not-found', `${path} does not exist`, { path, cause });
  });
  if (request.ffmpegPath) return openWithProgram(request.ffmpegPath, request);
  const libav = await loadLibav();
  return libav ? openWithLibav(libav, request) : openWithProgram('ffmpeg', request);
}
