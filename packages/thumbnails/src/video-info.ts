/** What a video file says about itself. */
export interface VideoInfo {
  /** Length in seconds; absent where the file does not tell, as in a recording that was cut off. */
  readonly durationSeconds?: number;
  /** Width as shown, in pixels: after rotation and with square pixels. */
  readonly width: number;
  /** Height as shown, in pixels. */
  readonly height: number;
  /** FFmpeg's name of the picture codec: `h264`, `hevc`, `vp9`, `av1`, ... */
  readonly codec: string;
  /** FFmpeg's name of the container: `mov,mp4,m4a,3gp,3g2,mj2`, `matroska,webm`, `avi`, ... */
  readonly container: string;
  /** Frames in a second, where it is known. */
  readonly frameRate?: number;
  /** Whether there is sound. */
  readonly hasAudio: boolean;
}
