import type { Sharp } from 'sharp';

import type { VideoInfo } from '../../video-info.ts';

/** A video that is open for reading frames. */
export interface VideoReader {
  readonly info: VideoInfo;
  /** The first frame at or after this second, upright; undefined where none is left. */
  frameAt(seconds: number): Promise<Sharp | undefined>;
  close(): Promise<void>;
}
