import type { MediaFile } from './open-media-file.ts';
import type { TagName } from './scanned-file.ts';

/** What the index keeps of what a file says of its making. */
export interface FileDescription {
  /** False when the bytes are no known medium. */
  readonly isMedia: boolean;
  /** The text that is searched and shown. */
  readonly infotext: string;
  readonly tags: readonly TagName[];
  readonly width?: number;
  readonly height?: number;
  /** Decimal digits. */
  readonly seed?: string;
  readonly steps?: number;
  readonly cfgScale?: number;
  readonly generator?: string;
}

/** Reads one file; runs on the scanning thread. What it throws becomes a failure of that file alone. */
export type DescribeFile = (file: MediaFile) => FileDescription | Promise<FileDescription>;

/** What a module given as `describer` exports. */
export interface DescriberModule {
  readonly describeFile: DescribeFile;
}
