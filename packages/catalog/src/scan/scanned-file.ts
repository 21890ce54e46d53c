/** Numbers that stand for media types in `media_info.media`: positions in `mediaTypes`. */
export type MediaNumber = 0 | 1 | 2;

/** A file as the scanner read it, on its way to the writer. */
export interface ScannedFile {
  /** The row that this file had before, when it changed or moved. */
  readonly id: number | undefined;
  readonly path: string;
  readonly folder: string;
  readonly bytes: number;
  /** Microseconds since 1970. */
  readonly modified: number;
  readonly created: number;
  readonly media: MediaNumber;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly fingerprint: number;
  /** As in `FoundFile`. */
  readonly sidecar: number;
  readonly text: string;
  /** Positions in the vocabulary of the batch, each once. */
  readonly tags: readonly number[];
  /** Decimal digits. */
  readonly seed: string | undefined;
  readonly steps: number | undefined;
  readonly cfgScale: number | undefined;
  readonly generator: string | undefined;
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

/** A row whose file or folder is not where it was. */
export interface MissingRow {
  readonly id: number;
  readonly path: string;
}

/** A row whose content was found under another path. */
export interface RelocatedRow extends MissingRow {
  readonly folder: string;
}

/** What is known of a folder once all its files are in the index. */
export interface FolderState {
  readonly path: string;
  readonly modified: number;
  readonly manifest: number;
  /** Whether it lies on another drive than the folder that holds it. */
  readonly isMountPoint: boolean;
}
