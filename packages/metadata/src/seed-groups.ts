/** What a file name of the form `{id}-{seed}.ext` says. */
export interface IdAndSeed {
  readonly id: string;
  /** Decimal digits, exact beyond 2^53. */
  readonly seed: string;
}

/** The id and the seed in a file name or path such as `1234-5678.png`; undefined for other names. */
export function extractIdAndSeed(name: string): IdAndSeed | undefined {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const [, id, seed] = /^(\d{1,39})-(\d{1,39})\.[^.]+$/.exec(base) ?? [];
  return id === undefined || seed === undefined ? undefined : { id, seed };
}

/** Anything with a seed; items without one belong to no group. */
export interface SeededItem {
  readonly seed?: string | undefined;
}

export interface SeedGroup<T> {
  readonly firstSeed: string;
  readonly lastSeed: string;
  /** In the order of their seeds; items of one seed in the order given. */
  readonly items: readonly T[];
}

/**
 * Runs of consecutive seeds, in ascending order: items whose seeds follow one another without a
 * gap, or are the same. An item with neither neighbour is a group of one.
 */
export function groupBySeed<T extends SeededItem>(items: Iterable<T>): SeedGroup<T>[] {
  const seeded = [...items].flatMap((item) => {
    const seed = item.seed;
    return seed !== undefined && /^\d{1,39}$/.test(seed) ? [{ item, seed: BigInt(seed) }] : [];
  });
  seeded.sort((one, other) => Number(one.seed > other.seed) - Number(one.seed < other.seed));
  const runs: { first: bigint; last: bigint; items: T[] }[] = [];
  for (const { item, seed } of seeded) {
    const run = runs.at(-1);
    if (run !== undefined && seed - run.last <= 1n) {
      run.last = seed;
      run.items.push(item);
    } else runs.push({ first: seed, last: seed, items: [item] });
  }
  return runs.map(({ first, last, items: members }) => ({
    firstSeed: String(first),
    lastSeed: String(last),
    items: members,
  }));
}
