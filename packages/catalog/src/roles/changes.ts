import type { PathChange } from './file-moves.ts';

/** Most paths, and most tag ids, that one `IndexChange` carries; what concerns more comes in several. */
export const maxPathsPerChange = 1000;

/** Images that came, went, were read again, or are found under another path now. */
export interface ImagesChange {
  readonly kind: 'images';
  readonly added: readonly string[];
  /** The file or its text is another than before. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** In the order in which it happened; each has kept its tags, rating and note. */
  readonly moved: readonly PathChange[];
}

/** The user's tags: given to or taken from images, or made, renamed, recoloured, merged or removed. */
export interface TagsChange {
  readonly kind: 'tags';
  /** Images that got or lost these tags; absent where the tags themselves changed. */
  readonly paths?: readonly string[];
  readonly tagIds: readonly number[];
}

/** Ratings and notes. */
export interface AnnotationsChange {
  readonly kind: 'annotations';
  readonly paths: readonly string[];
}

/** Something that this opened index has written. */
export type IndexChange = ImagesChange | TagsChange | AnnotationsChange;

export type IndexListener = (change: IndexChange) => void;

/** Says what was written. */
export interface Changes {
  /**
   * Calls the listener after each write through this opened index, by whatever method, update or watch, in the order of
   * writing; listeners are called before the write's promise resolves. Gives a function that ends it. Throws `closed`.
   */
  subscribe(listener: IndexListener): () => void;
}
