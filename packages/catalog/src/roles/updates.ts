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

export interface UpdateOptions extends CallOptions {
  /** Called a few times per second, and once at the end of each stage. */
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Reads every file again, also those that did not change; what the user gave them stays. */
  readonly reread?: boolean;
  /** Folders in the roots that changed: only they are looked into, and those in them that are not known yet. */
  readonly only?: readonly string[];
}

export interface WatchOptions {
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
  readonly failed: readonly IndexFailure[];
  readonly durationMs: number;
}

/** Keeps the index in step with folders on disk. */
export interface Updates {
  /** Brings the index up to date with these folders; one that runs already is waited for first. */
  update(roots: readonly string[], options?: UpdateOptions): Promise<IndexSummary>;
  /** Keeps the index up to date with these folders as they change; begin with an `update`. */
  watch(roots: readonly string[], options?: WatchOptions): Promise<IndexWatch>;
}
