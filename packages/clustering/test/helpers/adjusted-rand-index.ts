const pairsOf = (count: number) => (count * (count - 1)) / 2;

/** How far two labellings agree about which items belong together: 1 for exactly, about 0 for by chance. */
export function adjustedRandIndex(left: readonly unknown[], right: readonly unknown[]): number {
  const both = new Map<string, number>();
  const lefts = new Map<unknown, number>();
  const rights = new Map<unknown, number>();
  for (const [index, label] of left.entries()) {
    const other = right[index];
    const key = JSON.stringify([label, other]);
    both.set(key, (both.get(key) ?? 0) + 1);
    lefts.set(label, (lefts.get(label) ?? 0) + 1);
    rights.set(other, (rights.get(other) ?? 0) + 1);
  }
  const together = (counts: Map<unknown, number>) =>
    [...counts.values()].reduce((sum, count) => sum + pairsOf(count), 0);
  const expected = (together(lefts) * together(rights)) / pairsOf(left.length);
  const most = (together(lefts) + together(rights)) / 2;
  return most === expected ? 1 : (together(both) - expected) / (most - expected);
}
