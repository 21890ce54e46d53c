import type { IndexedFileInfo } from '@iib-kit/contract';

import type { ImagePage } from './image-list.ts';
import type { IndexRange } from './index-ranges.ts';
import type { PageKey, PageStore } from './page-store.ts';

export type KeyedPage = ImagePage & PageKey;

/** The pages of one state of a list, found by the indices of their images. */
export class PageIndex {
  readonly pages: readonly KeyedPage[];
  /** The index of the first image of each page. */
  readonly starts: readonly number[];
  /** The number of images. */
  readonly count: number;

  constructor(pages: readonly KeyedPage[]) {
    this.pages = pages;
    const starts: number[] = [];
    let count = 0;
    for (const page of pages) {
      starts.push(count);
      count += page.count;
    }
    this.starts = starts;
    this.count = count;
  }

  /** The image at an index, if its page is cached; tracks the page. */
  fileAt(store: PageStore, index: number): IndexedFileInfo | undefined {
    if (index < 0 || index >= this.count) return undefined;
    const number = lastAtMost(this.starts, index);
    const page = this.pages[number];
    return page === undefined ? undefined : store.files(page)?.[index - (this.starts[number] ?? 0)];
  }

  /** The index of a file, if its page is cached. */
  indexOf(store: PageStore, path: string): number | undefined {
    for (const [number, page] of this.pages.entries()) {
      const offset = store.peek(page)?.findIndex(({ fullpath }) => fullpath === path) ?? -1;
      if (offset !== -1) return (this.starts[number] ?? 0) + offset;
    }
    return undefined;
  }

  pagesIn([start, end]: IndexRange): readonly KeyedPage[] {
    if (end <= start) return [];
    return this.pages.slice(lastAtMost(this.starts, start), lastAtMost(this.starts, end - 1) + 1);
  }

  /** All images in ranges, fetched where they are not cached. */
  async read(
    store: PageStore,
    ranges: readonly IndexRange[],
    signal?: AbortSignal,
  ): Promise<IndexedFileInfo[]> {
    const files: IndexedFileInfo[] = [];
    for (const range of ranges) {
      const [start, end] = range;
      const pages = await Promise.all(this.pagesIn(range).map((page) => store.read(page, signal)));
      let offset = this.starts[lastAtMost(this.starts, start)] ?? 0;
      for (const [number, page] of this.pagesIn(range).entries()) {
        files.push(...(pages[number] ?? []).slice(Math.max(0, start - offset), Math.max(0, end - offset)));
        offset += page.count;
      }
    }
    return files;
  }
}

/** The position of the last number that is at most `limit`, in a sorted list. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
