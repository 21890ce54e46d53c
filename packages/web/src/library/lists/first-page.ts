import type { IndexedFileInfo } from '@iib-kit/contract';

import type { PageIndex } from './page-index.ts';
import type { PageKey, PageStore } from './page-store.ts';

/**
 * The first images of a list, fetched in parallel with its buckets so that they appear a round trip earlier. Images
 * may have been added between the two answers, so pages filled this way are fetched again once that is known.
 */
export class FirstPage {
  readonly #store: PageStore;
  #files: readonly IndexedFileInfo[] = [];
  #filled: readonly PageKey[] = [];
  #isOutdated = false;
  /** Resolves when the images have been fetched. */
  readonly arrival: Promise<void>;

  /** `files` must not reject: where the request fails, the request for the buckets reports why. */
  constructor(store: PageStore, files: Promise<readonly IndexedFileInfo[]>) {
    this.#store = store;
    this.arrival = this.#receive(files);
  }

  async #receive(files: Promise<readonly IndexedFileInfo[]>): Promise<void> {
    this.#files = await files;
  }

  /** Stores the pages that the fetched images fill completely. */
  fillPages({ pages, starts }: PageIndex): void {
    if (this.#isOutdated || this.#filled.length > 0) return;
    this.#filled = pages.filter((page, number) => (starts[number] ?? 0) + page.count <= this.#files.length);
    for (const [number, page] of this.#filled.entries()) {
      const start = starts[number] ?? 0;
      this.#store.put(page, this.#files.slice(start, start + page.count));
    }
  }

  /** To be called when images were added to the list. */
  outdate(): void {
    if (this.#isOutdated) return;
    this.#isOutdated = true;
    this.#store.refresh(this.#filled);
  }
}
