import type { Sharp } from 'sharp';

import type { VideoInfo } from '../../video-info.ts';
import { sharp } from '../sharp.ts';
import { readFfmpegLog } from './ffmpeg-log.ts';
import { runFfmpeg } from './ffmpeg-program.ts';
import type { OpenVideo, VideoRequest } from './open-video.ts';
import { fitInside } from './orientation.ts';
import { allowedProtocols, containerFormats } from './video-containers.ts';
import { checkFrameSize, unopenedVideo, withoutPicture } from './video-failure.ts';

/** Opens a video with an ffmpeg program. */
export async function openWithProgram(program: string, request: VideoRequest): Promise<OpenVideo> {
  const input = inputArguments(request);
  const { log } = await runFfmpeg(program, input, request.programMs);
  const info = readFfmpegLog(log);
  if (!info) throw await unreadable(request.source, log);
  checkFrameSize(request.source, info, request.maxPixels);
  return {
    info,
    frameAt: (seconds) => readFrame(program, { input, seconds, info, request }),
    close: () => Promise.resolve(),
  };
}

function inputArguments({ source, maxPixels }: VideoRequest): string[] {
  const limits = ['-protocol_whitelist', allowedProtocols, '-format_whitelist', containerFormats];
  return limits.concat('-max_pixels', String(maxPixels), '-i', `file:${source}`);
}

async function unreadable(path: string, log: string): Promise<Error> {
  if (/^Input #0/mu.test(log)) return withoutPicture(path);
  return unopenedVideo(path, log.trim().split('\n').at(-1) ?? '');
}

interface FrameRequest {
  readonly input: readonly string[];
  readonly seconds: number;
  readonly info: VideoInfo;
  readonly request: VideoRequest;
}

async function readFrame(
  program: string,
  { input, seconds, info, request }: FrameRequest,
): Promise<Sharp | undefined> {
  const { width, height } = fitInside(info, request.box);
  const place = ['-threads', '1', '-ss', seconds.toFixed(3)];
  const picture = ['-map', '0:v:0', '-frames:v', '1', '-vf', `scale=${width}:${height}`];
  const form = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-'];
  const args = place.concat(input, picture, form);
  const output = await runFfmpeg(program, args, request.programMs);
  if (output.data.length < width * height * 4) return undefined;
  const pixels = output.data.subarray(0, width * height * 4);
  return sharp(pixels, { raw: { width, height, channels: 4 } });
}
