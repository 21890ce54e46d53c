import { seededRandom } from '../../scripts/seeded-random.js';

/** Choices by chance, the same for the same seed. */
export interface Draw {
  /** From 0 to 1. */
  readonly share: () => number;
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number;
  readonly chance: (share: number) => boolean;
  /** One of a list that is not empty. */
  readonly one: <Item>(items: readonly Item[]) => Item;
  /** Up to `count` of a list, each once. */
  readonly some: <Item>(items: readonly Item[], count: number) => Item[];
}

export function drawBy(seed: string): Draw {
  const share = seededRandom(seed);
  const whole = (least: number, most: number) => least + Math.floor(share() * (most - least + 1));
  return {
    share,
    whole,
    chance: (limit) => share() < limit,
    one: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to draw from');
      return item;
    },
    some: (items, count) => {
      const rest = [...items];
      const taken: typeof rest = [];
      while (taken.length < count && rest.length > 0) {
        const index = whole(0, rest.length - 1);
        const [item] = rest.slice(index, index + 1);
        if (item !== undefined) taken.push(item);
        // The order of the rest does not matter: the last takes the place of the one that was drawn.
        const last = rest.pop();
        if (index < rest.length && last !== undefined) rest[index] = last;
      }
      return taken;
    },
  };
}
