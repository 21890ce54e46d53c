import type { ImageFile, ImageList } from './image-list.ts';

/** A list of files that are all in memory and never change. */
export function createFixedList(key: string, files: readonly ImageFile[]): ImageList {
  const pages = [{ date: null, count: files.length }];
  return {
    key,
    pages: () => pages,
    count: () => files.length,
    fileAt: (index) => files[index],
    indexOf: (path) => {
      const index = files.findIndex(({ fullpath }) => fullpath === path);
      return index === -1 ? undefined : index;
    },
    request: () => {},
    filesAt: async (indices) => files.filter((_, index) => indices.has(index)),
    snapshot: () => async (indices) => files.filter((_, index) => indices.has(index)),
    error: () => undefined,
    retry: () => {},
    isFetching: () => false,
    unavailable: () => [],
    onChange: () => () => {},
    trackIndices: () => () => {},
  };
}
