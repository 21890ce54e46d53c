import type { Client } from '@iib-kit/client/browser';
import type { IndexedFileInfo } from '@iib-kit/contract';
import { createSignal, type Accessor } from 'solid-js';

import { isConnectionFailure } from '../connection/request-failure.ts';
import type { SearchParameters } from './search-parameters.ts';

/** Identifies a page of a search: where it begins, and how many images it has. */
export interface PageKey {
  readonly cursor: string;
  readonly count: number;
}

/** Bounds memory: a page of 200 images takes about 100 KB. */
const MAX_CACHED_PAGES = 80;
const MAX_CONCURRENT_FETCHES = 4;

type Files = readonly IndexedFileInfo[];

interface Entry {
  readonly page: PageKey;
  readonly files: Accessor<Files | undefined>;
  readonly setFiles: (files: Files | undefined) => void;
  fetching: { readonly controller: AbortController } | undefined;
  /** Set when something changed during a fetch: its answer is shown, and the page fetched once more. */
  isOutdated: boolean;
  usedAt: number;
}

/** A cache of the pages of a search, which fetches them on request and evicts those unused for longest. */
export class PageStore {
  readonly #client: Client;
  readonly #parameters: SearchParameters;
  readonly #onFailure: (error: unknown) => void;
  readonly #entries = new Map<string, Entry>();
  #requested: readonly PageKey[] = [];
  #clock = 0;

  /** `onFailure` is called when a requested page cannot be fetched. */
  constructor(client: Client, parameters: SearchParameters, onFailure: (error: unknown) => void) {
    this.#client = client;
    this.#parameters = parameters;
    this.#onFailure = onFailure;
  }

  /** The images of a page, if cached; reactive. */
  files(page: PageKey): Files | undefined {
    return this.#entry(page).files();
  }

  /** As `files`, without counting as a use of the page. */
  peek(page: PageKey): Files | undefined {
    return this.#entries.get(keyOf(page))?.files();
  }

  /** Fetches pages, in this order, and cancels fetches of pages requested before that are not among them. */
  request(pages: readonly PageKey[]): void {
    this.#requested = pages;
    const keys = new Set(pages.map(keyOf));
    for (const [key, entry] of this.#entries) {
      if (!keys.has(key)) entry.fetching?.controller.abort();
    }
    this.#startFetches();
  }

  /** The images of a page, fetched if they are not cached. */
  async read(page: PageKey, signal?: AbortSignal): Promise<Files> {
    return this.#entry(page).files() ?? this.#fetch(page, signal);
  }

  /** Caches images that came from another request, unless the page is cached already. */
  put(page: PageKey, files: Files): void {
    const entry = this.#entry(page);
    if (entry.files() === undefined) entry.setFiles(files);
  }

  /** Drops pages with an image that matches; fetches in flight are repeated, as they may be of before the change. */
  forget(matches: (file: IndexedFileInfo) => boolean): void {
    for (const entry of this.#entries.values()) {
      if (entry.fetching !== undefined) entry.isOutdated = true;
      if (entry.files()?.some(matches) === true) entry.setFiles(undefined);
    }
    this.#startFetches();
  }

  forgetAll(): void {
    this.forget(() => true);
  }

  /** Fetches pages again; their cached images stay until the answer arrives. */
  refresh(pages: readonly PageKey[]): void {
    for (const page of pages) {
      const entry = this.#entry(page);
      if (entry.fetching === undefined) this.#start(entry);
      else entry.isOutdated = true;
    }
  }

  /** Fetches requested pages that failed. */
  retry(): void {
    this.#startFetches();
  }

  close(): void {
    this.#requested = [];
    for (const { fetching } of this.#entries.values()) fetching?.controller.abort();
  }

  #startFetches(): void {
    let running = 0;
    for (const { fetching } of this.#entries.values()) if (fetching !== undefined) running += 1;
    for (const page of this.#requested) {
      const entry = this.#entry(page);
      if (entry.files() !== undefined || entry.fetching !== undefined) continue;
      if (running >= MAX_CONCURRENT_FETCHES) return;
      running += 1;
      this.#start(entry);
    }
  }

  #start(entry: Entry): void {
    const controller = new AbortController();
    const fetching = { controller };
    entry.fetching = fetching;
    entry.isOutdated = false;
    this.#fetch(entry.page, controller.signal)
      .then((files) => entry.setFiles(files))
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        this.#onFailure(error);
        // A retry at once would fail again, unless the connection was the cause.
        if (!isConnectionFailure(error)) {
          this.#requested = this.#requested.filter((page) => page !== entry.page);
        }
      })
      .finally(() => {
        if (entry.fetching === fetching) entry.fetching = undefined;
        // A cancelled refresh leaves images that may be outdated.
        if (controller.signal.aborted) entry.setFiles(undefined);
        else if (entry.isOutdated) this.#start(entry);
        if (entry.files() !== undefined || controller.signal.aborted) this.#startFetches();
        this.#evict();
      });
  }

  async #fetch({ cursor, count }: PageKey, signal: AbortSignal | undefined): Promise<Files> {
    const { query, folderPaths, sort } = this.#parameters;
    const { files } = await this.#client.search.byQuery(
      // The layout counts them, and a hole would move what follows.
      { query, folder_paths: [...folderPaths], sort, cursor, size: count, with_absent: true },
      signal === undefined ? {} : { signal },
    );
    return files;
  }

  #entry(page: PageKey): Entry {
    const key = keyOf(page);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      const [files, setFiles] = createSignal<Files>();
      entry = {
        page,
        files,
        setFiles: (value) => setFiles(value),
        fetching: undefined,
        isOutdated: false,
        usedAt: 0,
      };
      this.#entries.set(key, entry);
    }
    entry.usedAt = this.#clock += 1;
    return entry;
  }

  #evict(): void {
    if (this.#entries.size <= MAX_CACHED_PAGES) return;
    const requested = new Set(this.#requested.map(keyOf));
    const evictable = [...this.#entries]
      .filter(([key, { fetching }]) => fetching === undefined && !requested.has(key))
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key] of evictable.slice(0, this.#entries.size - MAX_CACHED_PAGES)) this.#entries.delete(key);
  }
}

function keyOf({ cursor, count }: PageKey): string {
  return `${count} ${cursor}`;
}
