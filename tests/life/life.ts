import path from 'node:path';

import type { Client } from '@iib-kit/client';

import type { Draw } from './draw.ts';
import type { ServedLibrary } from './served-library.ts';
import { Truth, type Picture } from './truth.ts';

/** Something that is not as it must be. */
export interface Difference {
  /** What is wrong, the same for all of its kind. */
  readonly kind: string;
  /** What it is wrong of, with what was expected and what came. */
  readonly example: string;
}

const day = 86_400_000;

/** A library and its owner. */
export class Life {
  readonly truth = new Truth();
  readonly differences: Difference[] = [];
  readonly draw: Draw;
  readonly server: ServedLibrary;
  /** Every folder of the library is in it. */
  readonly folder: string;
  /** How often each deed was done. */
  readonly done = new Map<string, number>();
  readonly picturesPerDay: number;
  today = 0;
  /** Folders that were taken away, and where they lie meanwhile. */
  readonly takenAway = new Map<string, string>();
  readonly removedExtraPaths = new Set<string>();
  #moments = 0;
  #names = 0;

  constructor(
    draw: Draw,
    server: ServedLibrary,
    { folder, picturesPerDay }: { folder: string; picturesPerDay: number },
  ) {
    this.draw = draw;
    this.server = server;
    this.folder = folder;
    this.picturesPerDay = picturesPerDay;
  }

  get client(): Client {
    return this.server.client;
  }

  /** Milliseconds of the day that is lived. */
  get now(): number {
    return Date.UTC(2024, 0, 1, 9) + this.today * day;
  }

  /** The library's own folder, which the program is given. */
  get camera(): string {
    return path.join(this.folder, 'camera');
  }

  /** Folders that are added through the API: one as on a drive, and one that leaves the library and comes back. */
  get drive(): string {
    return path.join(this.folder, 'drive');
  }

  get archive(): string {
    return path.join(this.folder, 'archive');
  }

  /** A time of today that no other file has, in milliseconds. */
  moment(daysAgo = 0): number {
    this.#moments += 1;
    return this.now - daysAgo * day + this.#moments * 7;
  }

  newName(word: string): string {
    this.#names += 1;
    return `${word}-${String(this.#names).padStart(6, '0')}`;
  }

  /** Pictures that can be changed today. */
  some(most: number, among: readonly Picture[] = this.truth.here()): Picture[] {
    return this.draw.some(among, this.draw.whole(1, most));
  }

  note(kind: string, example: string): void {
    this.differences.push({ kind, example });
  }

  /** Every file operation of the product must be seen by the next search. */
  async expectFound(pictures: readonly Picture[], deed: string): Promise<void> {
    for (const { path: wanted } of pictures) {
      const { files } = await this.client.search.bySubstring({ surstr: wanted, path_only: true });
      if (files.some(({ fullpath }) => fullpath === wanted)) continue;
      this.note(`not found right after ${deed}`, wanted);
      // The life goes on: later deeds need them.
      await this.client.search.updateIndex();
      return;
    }
  }
}
