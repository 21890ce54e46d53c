const pairsOf = (count: number) => (count * (count - 1)) / 2;

/** How far two labellings agree about which items belong together: 1 for exactly, about 0 for by chance. */
export function adjustedRandIndex(left: readonly number[], right: readonly number[]): number {
  const both = new Map<string, number>();
  const lefts = new Map<number, number>();
  const rights = new Map<number, number>();
  const count = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [index, label] of left.entries()) {
    const other = right[index] ?? Number.NaN;
    count(both, `${label} ${other}`);
    count(lefts, label);
    count(rights, other);
  }
  const together = (counts: ReadonlyMap<unknown, number>) => {
    let pairs = 0;
    for (const size of counts.values()) pairs += pairsOf(size);
    return pairs;
  };
  const expected = (together(lefts) * together(rights)) / pairsOf(left.length);
  const most = (together(lefts) + together(rights)) / 2;
  return most === expected ? 1 : (together(both) - expected) / (most - expected);
}
