import type { CallOptions } from './call-options.ts';
import type { IndexedImage } from './indexed-image.ts';

/** Gives images that are known by path, id or folder. */
export interface ImageLookups {
  /** The indexed ones among these paths. */
  images(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, IndexedImage>>;
  /** The indexed ones among these ids. */
  imagesById(ids: readonly number[], options?: CallOptions): Promise<ReadonlyMap<number, IndexedImage>>;
  /** Generation texts as stored; paths that are not indexed are left out. */
  infotexts(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, string>>;
  /** The `count` newest images of each folder, at any depth; folders without any are left out. */
  folderCovers(
    folders: readonly string[],
    count: number,
    options?: CallOptions,
  ): Promise<ReadonlyMap<string, readonly IndexedImage[]>>;
}
