import type { PathChange } from './image-index.ts';

/** Most paths, and most tag ids, that one `IndexChange` carries; what concerns more is told in several. */
export const maxPathsPerChange = 1000;

/** Images that came, went, were read anew, or are found under another path now. */
export interface ImagesChange {
  readonly kind: 'images';
  readonly added: readonly string[];
  /** The file or its text is another than before. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** In the order in which it happened; each has kept its tags, rating and note. */
  readonly moved: readonly PathChange[];
}

/** The owner's tags: given to or taken from images, or made, renamed, recoloured, merged or removed. */
export interface TagsChange {
  readonly kind: 'tags';
  /** Images that got or lost these tags; absent where the tags themselves changed. */
  readonly paths?: readonly string[];
  readonly tagIds: readonly number[];
}

/** Ratings and notes. */
export interface MarksChange {
  readonly kind: 'marks';
  readonly paths: readonly string[];
}

/** Something that this opened index has written. */
export type IndexChange = ImagesChange | TagsChange | MarksChange;

export type IndexListener = (change: IndexChange) => void;
