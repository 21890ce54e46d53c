import type { Client } from '@iib-kit/client/browser';
import type { IndexedFileInfo } from '@iib-kit/contract';
import { createSignal, type Accessor } from 'solid-js';

import { isConnectionFailure } from '../connection/request-failure.ts';

/** What a list shows, and in which order. */
export interface SearchParameters {
  readonly query: string;
  readonly folderPaths: readonly string[];
  readonly sort: SortOrder;
  /** Tells random orders apart. */
  readonly shuffle?: string;
}

export const sortOrders = ['newest', 'oldest', 'name', 'largest', 'smallest', 'rating', 'random'] as const;
export type SortOrder = (typeof sortOrders)[number];

export interface PageKey {
  readonly cursor: string;
  readonly count: number;
}

/** Most blocks that are kept; one of 200 images takes about 100 KB. */
const MAX_KEPT = 80;
const AT_ONCE = 4;

type Files = readonly IndexedFileInfo[];

interface Entry {
  readonly place: PageKey;
  readonly files: Accessor<Files | undefined>;
  readonly setFiles: (files: Files | undefined) => void;
  fetching: { readonly controller: AbortController; readonly done: Promise<Files> } | undefined;
  /** What is being fetched may be from before a change: it is shown when it comes, and fetched once more. */
  isOutdated: boolean;
  usedAt: number;
}

/** Blocks of a search, fetched when they are needed and kept for a while. */
export class PageStore {
  readonly #client: Client;
  readonly #parameters: SearchParameters;
  readonly #onFailure: (error: unknown) => void;
  readonly #entries = new Map<string, Entry>();
  #wanted: readonly PageKey[] = [];
  #clock = 0;

  /** `onFailure` hears why a block did not come. */
  constructor(client: Client, parameters: SearchParameters, onFailure: (error: unknown) => void) {
    this.#client = client;
    this.#parameters = parameters;
    this.#onFailure = onFailure;
  }

  /** The images of a block where they are at hand; follows their arrival. */
  files(place: PageKey): Files | undefined {
    return this.#entry(place).files();
  }

  /** As `files`, without making a block one that was used. */
  peek(place: PageKey): Files | undefined {
    return this.#entries.get(keyOf(place))?.files();
  }

  /** Fetches these blocks, first ones first, in place of those that were wanted before. */
  want(places: readonly PageKey[]): void {
    this.#wanted = places;
    const keys = new Set(places.map(keyOf));
    for (const [key, entry] of this.#entries) {
      if (!keys.has(key)) entry.fetching?.controller.abort();
    }
    this.#goOn();
  }

  /** The images of a block, fetched where they are not at hand. */
  async read(place: PageKey, signal?: AbortSignal): Promise<Files> {
    const known = this.#entry(place).files();
    if (known !== undefined) return known;
    return this.#fetch(place, signal);
  }

  /** Puts images at hand that came in another way. */
  put(place: PageKey, files: Files): void {
    const entry = this.#entry(place);
    if (entry.files() === undefined) entry.setFiles(files);
  }

  /** Forgets blocks with an image for which it holds; those that are under way are fetched once more. */
  forget(holds: (file: IndexedFileInfo) => boolean): void {
    for (const entry of this.#entries.values()) {
      if (entry.fetching !== undefined) entry.isOutdated = true;
      if (entry.files()?.some(holds) === true) entry.setFiles(undefined);
    }
    this.#goOn();
  }

  /** Fetches blocks once more; what is at hand of them stays until it came. */
  renew(places: readonly PageKey[]): void {
    for (const place of places) {
      const entry = this.#entry(place);
      if (entry.fetching === undefined) this.#start(entry);
      else entry.isOutdated = true;
    }
  }

  forgetAll(): void {
    this.forget(() => true);
  }

  /** Asks again for what is wanted and failed. */
  retry(): void {
    this.#goOn();
  }

  close(): void {
    this.#wanted = [];
    for (const { fetching } of this.#entries.values()) fetching?.controller.abort();
  }

  #goOn(): void {
    let running = 0;
    for (const { fetching } of this.#entries.values()) if (fetching !== undefined) running += 1;
    for (const place of this.#wanted) {
      const entry = this.#entry(place);
      if (entry.files() !== undefined || entry.fetching !== undefined) continue;
      if (running >= AT_ONCE) return;
      running += 1;
      this.#start(entry);
    }
  }

  #start(entry: Entry): void {
    const controller = new AbortController();
    const done = this.#fetch(entry.place, controller.signal);
    const fetching = { controller, done };
    entry.fetching = fetching;
    entry.isOutdated = false;
    done
      .then((files) => entry.setFiles(files))
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        this.#onFailure(error);
        // What is not the connection's fault would fail again at once.
        if (!isConnectionFailure(error)) this.#wanted = this.#wanted.filter((place) => place !== entry.place);
      })
      .finally(() => {
        if (entry.fetching === fetching) entry.fetching = undefined;
        // What a renewal that was given up leaves may be old.
        if (controller.signal.aborted) entry.setFiles(undefined);
        else if (entry.isOutdated) this.#start(entry);
        if (entry.files() !== undefined || controller.signal.aborted) this.#goOn();
        this.#letGo();
      });
  }

  async #fetch({ cursor, count }: PageKey, signal: AbortSignal | undefined): Promise<Files> {
    const { query, folderPaths, sort } = this.#parameters;
    const { files } = await this.#client.search.byQuery(
      { query, folder_paths: [...folderPaths], sort, cursor, size: count },
      signal === undefined ? {} : { signal },
    );
    return files;
  }

  #entry(place: PageKey): Entry {
    const key = keyOf(place);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      const [files, setFiles] = createSignal<Files>();
      entry = {
        place,
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

  #letGo(): void {
    if (this.#entries.size <= MAX_KEPT) return;
    const wanted = new Set(this.#wanted.map(keyOf));
    const old = [...this.#entries]
      .filter(([key, { fetching }]) => fetching === undefined && !wanted.has(key))
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key] of old.slice(0, this.#entries.size - MAX_KEPT)) this.#entries.delete(key);
  }
}

function keyOf({ cursor, count }: PageKey): string {
  return `${count} ${cursor}`;
}
