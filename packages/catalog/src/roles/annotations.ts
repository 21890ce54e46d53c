import type { CallOptions, ScopeOptions } from './call-options.ts';

/** What the user says of an image besides its tags. */
export interface Annotation {
  /** 1 to 5, or 0 for none. */
  readonly rating: number;
  readonly note: string;
}

/** Tags, rating, note and own text of one image, to be taken to another index: a line of an export. */
export interface AnnotationRecord extends Annotation {
  readonly path: string;
  readonly bytes: number;
  /** Stands for the content together with `bytes`; absent where the file was never read. */
  readonly fingerprint?: number;
  /** Names of custom tags. */
  readonly tags: readonly string[];
  /** A text that the user wrote in place of that of the file. */
  readonly infotext?: string;
}

export interface ImportOutcome {
  readonly imported: number;
  /** Paths of records that fit no indexed image, by path or by content. */
  readonly unknown: readonly string[];
}

/** Ratings, notes and texts that the user gives to images. */
export interface Annotations {
  /** Rates images 1 to 5, or takes the rating away with 0. Throws `not-indexed`. */
  setRating(paths: readonly string[], rating: number, options?: CallOptions): Promise<void>;
  /** Writes a note, or takes it away with `''`. Throws `not-indexed`. */
  setNote(path: string, note: string, options?: CallOptions): Promise<void>;
  /**
   * Stores a text that the user wrote for an image. Automatic tags and numbers follow from it from now on, whatever becomes
   * of the file. With undefined they follow from the file again, once `readPaths` or an update has read it.
   * Throws `not-indexed`.
   */
  setInfotext(path: string, text: string | undefined, options?: CallOptions): Promise<void>;
  /** Texts that the user wrote; paths whose text is that of the file are left out. */
  ownInfotexts(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, string>>;
  /** Ratings and notes; paths without either are left out. */
  annotationsOf(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, Annotation>>;
  /** How many images have each rating: the first count is of those without one, the last of those with five stars. */
  ratingCounts(options?: ScopeOptions): Promise<readonly number[]>;
  /** Lines of JSON, one for each image with a custom tag, a rating, a note or an own text. */
  exportAnnotations(options?: CallOptions): AsyncIterable<string>;
  /**
   * Adds what such lines say to the images of the same path or content. With `inside`, images elsewhere are
   * not known. Throws `invalid-line` with the line's number.
   */
  importAnnotations(
    lines: Iterable<string> | AsyncIterable<string>,
    options?: ScopeOptions,
  ): Promise<ImportOutcome>;
}
