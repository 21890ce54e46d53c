import type { CallOptions } from './call-options.ts';
import type { IndexedImage, MediaType, Page } from './indexed-image.ts';

export interface SubstringQuery {
  /** Looked for in the path and the generation text, whatever its case; `%` and `_` mean themselves. */
  readonly text?: string;
  /** A JavaScript expression (flags i, m, s); when given, `text` is ignored. */
  readonly regexp?: string;
  /** Look in the path alone. */
  readonly pathOnly?: boolean;
  readonly mediaType?: 'all' | MediaType;
  /** Ids of tags, all of which an image must carry. */
  readonly tags?: readonly number[];
  /** Only images in these folders, at any depth. Absent means everywhere. */
  readonly folders?: readonly string[];
  readonly cursor?: string;
  /** 1 or more; 200 unless given. */
  readonly size?: number;
}

export interface TagQuery {
  /** All of these. */
  readonly and: readonly number[];
  /** Any of these, unless empty. */
  readonly or: readonly number[];
  /** None of these. */
  readonly not: readonly number[];
  readonly folders?: readonly string[];
  readonly cursor?: string;
  /** 1 or more; 200 unless given. */
  readonly size?: number;
  /** In a shuffled order that stays the same from page to page. */
  readonly random?: boolean;
}

/**
 * In which order a search gives its results; those that are equal in it follow each other by id, in its direction. `name`
 * compares the last part of the path, whatever its case, by code points.
 */
export const querySorts = ['newest', 'oldest', 'name', 'largest', 'smallest', 'rating', 'random'] as const;
export type QuerySort = (typeof querySorts)[number];

export interface SearchQuery {
  /** A query text; the grammar is in the README. Absent means everything. */
  readonly query?: string;
  readonly folders?: readonly string[];
  /** Not images in these folders, at any depth. */
  readonly outside?: readonly string[];
  /** `newest` unless given; `random` stays the same from page to page. */
  readonly sort?: QuerySort;
  readonly cursor?: string;
  /** 1 or more; 200 unless given. */
  readonly size?: number;
}

/** What `search` is asked, for all its pages at once. */
export interface LayoutQuery extends Omit<SearchQuery, 'cursor' | 'size'> {
  /** Most images in one block; 200 unless given. */
  readonly blockSize?: number;
}

/** Images that follow each other in a search. */
export interface LayoutBlock {
  /** `YYYY-MM-DD` in the time zone of this machine, for orders by date: a block is of one day. */
  readonly date?: string;
  readonly count: number;
  /** Gives the block as a page of `search`, with `size: count` and the query and order of the layout. */
  readonly cursor: string;
}

export interface SearchLayout {
  /** How many images match. */
  readonly matches: number;
  /** All of them, in the order of the search. */
  readonly blocks: readonly LayoutBlock[];
}

/**
 * Finds images, a page at a time. What is there throughout comes exactly once, whatever is written between two pages; a
 * cursor stays good when the image that it was given at is gone.
 */
export interface ImageSearches {
  /** Newest first, and of the same time the higher id. Throws `invalid-regexp`, `regexp-timeout`, `invalid-cursor`. */
  searchBySubstring(query: SubstringQuery, options?: CallOptions): Promise<Page<IndexedImage>>;
  /** Newest first, as `searchBySubstring`, unless `random`. Throws `invalid-cursor`. */
  searchByTags(query: TagQuery, options?: CallOptions): Promise<Page<IndexedImage>>;
  /**
   * Finds by words, phrases and fields. Throws `invalid-query` (with the position), and `invalid-cursor`, also for a
   * cursor of another order.
   */
  search(query: SearchQuery, options?: CallOptions): Promise<Page<IndexedImage>>;
  /**
   * How many images a search has, and how they divide into blocks that can be asked for in any order. Throws
   * `invalid-query` (with the position).
   */
  searchLayout(query: LayoutQuery, options?: CallOptions): Promise<SearchLayout>;
  /** Up to `count` images picked by chance, each once. */
  randomImages(count: number, options?: CallOptions): Promise<readonly IndexedImage[]>;
}
