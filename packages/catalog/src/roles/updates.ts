import type { CallOptions } from './call-options.ts';

/** Where an update stands. */
export interface IndexProgress {
  readonly stage: 'walking' | 'reading' | 'finishing';
  /** Files walked, or files read of `total`. */
  readonly done: number;
  /** 0 while it is not known yet. */
  readonly total: number;
  /** Files per second since this stage began. */
  readonly rate: number;
  /** The file or folder reached last. */
  readonly path: string;
}

/** Which links in the roots are followed besides those that lead into them. */
export interface LinkOptions {
  /** Folders that links may lead into; none unless given. */
  readonly linkTargets?: readonly string[] | 'anywhere';
}

export interface UpdateOptions extends CallOptions, LinkOptions {
  /** Called a few times per second, and once at the end of each stage. */
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Reads every file again, also those that did not change; what the user gave them stays. */
  readonly reread?: boolean;
  /** Folders in the roots that changed: only they are looked into, and those in them that are not known yet. */
  readonly only?: readonly string[];
  /** Folders of the library that other updates go through: a link into them is left to those. */
  readonly otherRoots?: readonly string[];
}

export interface ReadPathsOptions extends CallOptions, Pick<LinkOptions, 'linkTargets'> {
  /** All folders of the library. */
  readonly roots: readonly string[];
}

export interface WatchOptions extends LinkOptions {
  /** Called after each update that something caused. */
  readonly onUpdate?: (summary: IndexSummary) => void;
  /** Called when an update or the system's events fail; watching goes on, by looking where it must. */
  readonly onError?: (error: unknown) => void;
  /** How often all is looked through for what events missed, in milliseconds; 600,000 unless given. */
  readonly reconcileMs?: number;
  /** How often folders without events are looked through, in milliseconds; 5,000 unless given. */
  readonly pollMs?: number;
  /** Look again and again instead of following events; by itself on network drives. */
  readonly usePolling?: boolean;
}

/** A watch that goes on until it is closed. */
export interface IndexWatch {
  /** Roots that are looked through again and again, because there are no events for them. */
  readonly polled: readonly string[];
  close(): Promise<void>;
}

/** A file that could not be indexed; the others were. */
export interface IndexFailure {
  readonly path: string;
  readonly reason: 'unreadable' | 'not-media' | 'reader-failed';
  readonly message: string;
}

/** A link to a folder or medium that was not followed. */
export interface SkippedLink {
  readonly path: string;
  /** It leads to where links may not lead, or to nothing that can be reached. */
  readonly reason: 'outside' | 'missing';
}

/** What an update did. */
export interface IndexSummary {
  readonly added: number;
  readonly changed: number;
  /** Known images found under another path; their tags went along. */
  readonly moved: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Roots and folders that could not be reached; nothing under them was forgotten. */
  readonly unavailable: readonly string[];
  /** Links to folders that were followed, in what was looked into. What several of them lead to is indexed once. */
  readonly linkedFolders: readonly string[];
  readonly skippedLinks: readonly SkippedLink[];
  readonly failed: readonly IndexFailure[];
  readonly durationMs: number;
}

/** Keeps the index in step with folders on disk. */
export interface Updates {
  /** Brings the index up to date with these folders; one that runs already is waited for first. */
  update(roots: readonly string[], options?: UpdateOptions): Promise<IndexSummary>;
  /**
   * Reads what is new or changed at these paths in the roots: files, and folders with all in them. Waits for no update, so
   * that what a program has just put there is found at once; what links lead to is left to the next update.
   */
  readPaths(paths: readonly string[], options: ReadPathsOptions): Promise<void>;
  /** Keeps the index up to date with these folders as they change; begin with an `update`. */
  watch(roots: readonly string[], options?: WatchOptions): Promise<IndexWatch>;
}
