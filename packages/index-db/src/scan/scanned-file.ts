/** Numbers that stand for media types in `media_info.media`: positions in `mediaTypes`. */
export type MediaNumber = 0 | 1 | 2;

/** A file as the scanner read it, on its way to the writer. */
export interface ScannedFile {
  /** The row that this file had before, when it changed or moved. */
  readonly id?: number;
  readonly path: string;
  readonly folder: string;
  readonly bytes: number;
  /** Microseconds since 1970. */
  readonly modified: number;
  readonly created: number;
  readonly media: MediaNumber;
  readonly width?: number;
  readonly height?: number;
  readonly fingerprint: number;
  /** As in `ListedFile`; 0 unless given. */
  readonly sidecar?: number;
  readonly text: string;
  /** Positions in the vocabulary that this batch and the ones before it brought. */
  readonly tags: readonly number[];
  /** Decimal digits. */
  readonly seed?: string;
  readonly steps?: number;
  readonly cfgScale?: number;
  readonly generator?: string;
}

export interface ScannedFailure {
  readonly path: string;
  readonly folder: string;
  readonly bytes: number;
  readonly modified: number;
  readonly reason: 'unreadable' | 'not-media' | 'reader-failed';
  readonly message: string;
}

export interface TagName {
  readonly type: string;
  readonly name: string;
}

export interface ScannedBatch {
  readonly files: readonly ScannedFile[];
  readonly failures: readonly ScannedFailure[];
  /** The whole vocabulary that `tags` of this batch points into. */
  readonly tags: readonly TagName[];
}

/** What is known of a folder once all its files are in the index. */
export interface FolderState {
  readonly path: string;
  readonly modified: number;
  readonly manifest: number;
}
