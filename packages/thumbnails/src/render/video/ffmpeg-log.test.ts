import { describe, expect, test } from 'vitest';

import { readFfmpegLog } from './ffmpeg-log.ts';

// What the programs print about the same two files.
const of2018 = `Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/tmp/l1.mp4':
  Metadata:
    major_brand     : isom
    encoder         : Lavf62.19.101
  Duration: 00:00:00.30, start: 0.000000, bitrate: 48 kb/s
    Stream #0:0(und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 160x90, 24 kb/s, 10 fps, 10 tbr, 10240 tbn, 20 tbc (default)
    Metadata:
      rotate          : 90
      handler_name    : VideoHandler
    Side data:
      displaymatrix: rotation of -90.00 degrees
At least one output file must be specified
`;
const of2025 = `Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/tmp/l1.mp4':
  Metadata:
    major_brand     : isom
    encoder         : Lavf62.19.101
  Duration: 00:00:00.30, start: 0.000000, bitrate: 48 kb/s
  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(progressive), 160x90, 24 kb/s, 10 fps, 10 tbr, 10240 tbn (default)
    Metadata:
      handler_name    : VideoHandler
    Side data:
      Display Matrix: rotation of -90.00 degrees
At least one output file must be specified
`;
const wide = `Input #0, matroska,webm, from 'file:/tmp/l2.mkv':
  Metadata:
    ENCODER         : Lavf62.19.101
  Duration: 01:02:03.50, start: 0.000000, bitrate: 38 kb/s
  Stream #0:0: Video: mpeg4 (Simple Profile), yuv420p(tv), 160x90 [SAR 2:1 DAR 32:9], 10 tbr, 1k tbn
  Stream #0:1(eng): Audio: opus, 48000 Hz, stereo, fltp (default)
`;

describe('readFfmpegLog', () => {
  test.each([
    ['2018', of2018],
    ['2025', of2025],
  ])('reads what the program of %s prints', (_, log) => {
    expect(readFfmpegLog(log)).toEqual({
      durationSeconds: 0.3,
      width: 90,
      height: 160,
      codec: 'h264',
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      frameRate: 10,
      hasAudio: false,
    });
  });

  test('reads hours, pixels that are not square, and sound', () => {
    expect(readFfmpegLog(wide)).toEqual({
      durationSeconds: 3723.5,
      width: 320,
      height: 90,
      codec: 'mpeg4',
      container: 'matroska,webm',
      hasAudio: true,
    });
  });

  test('leaves out an unknown length', () => {
    const log = wide.replace('01:02:03.50', 'N/A');
    expect(readFfmpegLog(log)).not.toHaveProperty('durationSeconds');
  });

  test('gives nothing for a file without pictures or of no known format', () => {
    const audio = wide.replace(/^.*Video: .*\n/mu, '');
    expect(readFfmpegLog(audio)).toBeUndefined();
    expect(readFfmpegLog('/a.txt: Invalid data found when processing input\n')).toBeUndefined();
  });
});
