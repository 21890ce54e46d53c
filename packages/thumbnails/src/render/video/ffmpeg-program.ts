import { execFile, type ExecFileException } from 'node:child_process';

import { ThumbnailError } from '../../thumbnail-error.ts';
import { installCommand } from './load-libav.ts';

/** What a run of the ffmpeg program printed. */
export interface ProgramOutput {
  readonly data: Buffer;
  readonly log: string;
  readonly failed: boolean;
  /** Whether it was ended for its time. */
  readonly isLate: boolean;
}

const maxOutputBytes = 256 * 2 ** 20;

/** Runs ffmpeg; a run that takes too long is killed and counts as failed. */
export async function runFfmpeg(
  program: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<ProgramOutput> {
  return new Promise((resolve, reject) => {
    const options = {
      encoding: 'buffer',
      maxBuffer: maxOutputBytes,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
    } as const;
    execFile(program, ['-hide_banner', '-nostdin', ...args], options, (error, data, log) => {
      const isLate = error?.killed === true;
      if (isMissing(error)) reject(withoutDecoder(program, error));
      else resolve({ data, log: log.toString('utf8'), failed: error !== null, isLate });
    });
  });
}

function isMissing(error: ExecFileException | null): error is ExecFileException {
  return error?.code === 'ENOENT' || error?.code === 'EACCES';
}

function withoutDecoder(program: string, cause: Error): ThumbnailError {
  const message =
    `Videos need the package node-av (${installCommand}) or an ffmpeg program, in the PATH or named by the ` +
    `option ffmpegPath; "${program}" cannot be run`;
  return new ThumbnailError('no-video-decoder', message, { cause });
}
