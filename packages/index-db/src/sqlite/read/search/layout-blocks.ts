import type { LayoutBlock, QuerySort, SearchLayout } from '@iib-kit/catalog';
import type { LocalDay } from '@iib-kit/catalog/text';
import { type OrderPosition, printCursor } from './cursor.ts';
import { orderKeys } from './walk-order.ts';

/** The blocks of a layout, gathered in the order of the search. */
export class LayoutBlocks {
  /** The most images that a block has. */
  readonly size: number;
  readonly #sort: QuerySort;
  readonly #seed: number;
  readonly #blocks: LayoutBlock[] = [];
  #matches = 0;

  constructor(sort: QuerySort, seed: number, size: number) {
    this.#sort = sort;
    this.#seed = seed;
    this.size = size;
  }

  /** Adds so many images from a position on. */
  add(first: OrderPosition, count: number, day: LocalDay | undefined): void {
    this.#blocks.push({
      ...(day && { date: day.name }),
      count,
      cursor: this.#cursorBefore(first),
    });
    this.#matches += count;
  }

  layout(): SearchLayout {
    return { matches: this.#matches, blocks: this.#blocks };
  }

  /** The last position before one, whether an image is there or not: what comes in between later is no part of the block. */
  #cursorBefore({ key, id }: OrderPosition): string {
    const sort = this.#sort;
    const before =
      sort === 'random'
        ? { key: Number(key) - 1, id: Number.MAX_SAFE_INTEGER }
        : { key, id: isRising(sort) ? id - 1 : id + 1 };
    return printCursor(sort, this.#seed, before);
  }
}

const isRising = (sort: QuerySort): boolean => sort !== 'newest' && orderKeys[sort].direction === 'ASC';
