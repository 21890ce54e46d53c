import type { Sharp } from 'sharp';

import type { Box } from '../../box.ts';
import { ThumbnailError } from '../../thumbnail-error.ts';
import type { VideoInfo } from '../../video-info.ts';
import { sharp } from '../sharp.ts';
import { readFfmpegLog } from './ffmpeg-log.ts';
import { runFfmpeg, type ProgramOutput } from './ffmpeg-program.ts';
import type { VideoReader } from './video-reader.ts';
import type { VideoRequest } from './video-request.ts';
import { fitInside } from './orientation.ts';
import { allowedProtocols, containerFormats } from './video-containers.ts';
import { checkFrameSize, unopenedVideo, withoutPicture } from './video-failure.ts';

/** One run of the program; all runs for a video share the time that it has. */
type Run = (args: readonly string[]) => Promise<ProgramOutput>;

/** Opens a video with an ffmpeg program. */
export async function openWithProgram(program: string, request: VideoRequest): Promise<VideoReader> {
  const input = inputArguments(request);
  const end = performance.now() + request.programMs;
  const run: Run = (args) => runFfmpeg(program, args, Math.max(1, Math.ceil(end - performance.now())));
  const { log, isLate } = await run(input);
  const info = readFfmpegLog(log);
  if (!info && isLate) throw tooLate(request.source);
  if (!info) throw unreadable(request.source, log);
  checkFrameSize(request.source, info, request.maxPixels);
  return {
    info,
    frameAt: (seconds) => readFrame(run, { input, seconds, info, box: request.box }),
    close: () => Promise.resolve(),
  };
}

function tooLate(path: string): Error {
  return new ThumbnailError('timeout', `${path} could not be opened in time`, { path });
}

function inputArguments({ source, maxPixels }: VideoRequest): string[] {
  const limits = ['-protocol_whitelist', allowedProtocols, '-format_whitelist', containerFormats];
  return limits.concat('-max_pixels', String(maxPixels), '-i', `file:${source}`);
}

function unreadable(path: string, log: string): Error {
  if (/^Input #0/mu.test(log)) return withoutPicture(path);
  return unopenedVideo(path, log.trim().split('\n').at(-1) ?? '');
}

interface FrameRequest {
  readonly input: readonly string[];
  readonly seconds: number;
  readonly info: VideoInfo;
  readonly box: Box | undefined;
}

async function readFrame(run: Run, { input, seconds, info, box }: FrameRequest): Promise<Sharp | undefined> {
  const { width, height } = fitInside(info, box);
  const place = ['-threads', '1', '-ss', seconds.toFixed(3)];
  const picture = ['-map', '0:v:0', '-frames:v', '1', '-vf', `scale=${width}:${height}`];
  const form = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-'];
  const output = await run(place.concat(input, picture, form));
  if (output.data.length < width * height * 4) return undefined;
  const pixels = output.data.subarray(0, width * height * 4);
  return sharp(pixels, { raw: { width, height, channels: 4 } });
}
