import type { Box } from '../../box.ts';
import type { HdrCoding } from '../hdr/hdr-coding.ts';

/** A video to open, and what may be spent on it. */
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
  /** How the file says that its light is coded; frames of HEIC do not say it. Default: what the frames say. */
  readonly coding?: HdrCoding | undefined;
  /** Frames need not be larger than what fits in here. */
  readonly box?: Box;
}
