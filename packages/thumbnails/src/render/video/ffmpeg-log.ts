import type { VideoInfo } from '../../video-info.ts';
import { quarterTurn, squareSize, turned } from './orientation.ts';

/**
 * Reads what ffmpeg prints about its input. The program has no machine-readable form of it (ffprobe
 * has, and is not always there); these lines have kept their form since FFmpeg 0.9.
 */
export function readFfmpegLog(log: string): VideoInfo | undefined {
  const container = /^Input #0, (?<name>\S+), from/mu.exec(log)?.groups?.['name'];
  const picture = /^ +Stream #0:.*?: Video: (?<rest>.*)$/mu.exec(log)?.groups?.['rest'];
  const size = picture && /, (?<width>\d+)x(?<height>\d+)/u.exec(picture)?.groups;
  if (!container || !picture || !size) return undefined;
  const duration = readDuration(log);
  const frameRate = /, (?<rate>[\d.]+)(?<thousand>k)? fps/u.exec(picture)?.groups;
  const stored = squareSize(Number(size['width']), Number(size['height']), readAspect(picture));
  return {
    ...(duration !== undefined && { durationSeconds: duration }),
    ...turned(stored, { mirrored: false, turn: readTurn(log) }),
    codec: /^\w+/u.exec(picture)?.[0] ?? 'unknown',
    container,
    ...(frameRate && {
      frameRate: Number(frameRate['rate']) * (frameRate['thousand'] ? 1000 : 1),
    }),
    hasAudio: /^ +Stream #0:.*?: Audio: /mu.test(log),
  };
}

function readDuration(log: string): number | undefined {
  const parts = /^ +Duration: (?<h>\d+):(?<m>\d+):(?<s>[\d.]+)/mu.exec(log)?.groups;
  return parts && Number(parts['h']) * 3600 + Number(parts['m']) * 60 + Number(parts['s']);
}

function readAspect(picture: string): number {
  const parts = /\[SAR (?<width>\d+):(?<height>\d+)/u.exec(picture)?.groups;
  return parts ? Number(parts['width']) / Number(parts['height']) : 1;
}

/** The rotation that ffmpeg prints runs against the clock. */
function readTurn(log: string) {
  const degrees = /display ?matrix: rotation of (?<degrees>-?[\d.]+)/iu.exec(log)?.groups?.['degrees'];
  return quarterTurn(-Number(degrees ?? 0));
}
