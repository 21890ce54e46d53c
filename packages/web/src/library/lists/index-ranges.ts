/** Half-open: `[start, end)`. */
export type IndexRange = readonly [start: number, end: number];

/** A set of indices as sorted, disjoint ranges: a million consecutive indices cost as much as one. */
export class IndexRanges {
  static readonly none = new IndexRanges([]);

  readonly ranges: readonly IndexRange[];
  /** The number of indices. */
  readonly count: number;

  private constructor(ranges: readonly IndexRange[]) {
    this.ranges = ranges;
    this.count = ranges.reduce((count, [start, end]) => count + end - start, 0);
  }

  static of(ranges: Iterable<IndexRange>): IndexRanges {
    const joined: [number, number][] = [];
    for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
      if (end <= start) continue;
      const last = joined.at(-1);
      if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined.length === 0 ? IndexRanges.none : new IndexRanges(joined);
  }

  has(index: number): boolean {
    let low = 0;
    let high = this.ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [start = 0, end = 0] = this.ranges[middle] ?? [];
      if (index < start) high = middle - 1;
      else if (index >= end) low = middle + 1;
      else return true;
    }
    return false;
  }

  with(range: IndexRange): IndexRanges {
    return IndexRanges.of([...this.ranges, range]);
  }

  without([from, to]: IndexRange): IndexRanges {
    return IndexRanges.of(
      this.ranges.flatMap(([start, end]): IndexRange[] => [
        [start, Math.min(end, from)],
        [Math.max(start, to), end],
      ]),
    );
  }

  /** The intersection with a range. */
  within([from, to]: IndexRange): IndexRanges {
    return IndexRanges.of(
      this.ranges.map(([start, end]): IndexRange => [Math.max(start, from), Math.min(end, to)]),
    );
  }

  /** The symmetric difference. */
  toggled(other: IndexRanges): IndexRanges {
    const edges = [...this.ranges, ...other.ranges].flat().sort((a, b) => a - b);
    const ranges: IndexRange[] = [];
    for (let index = 0; index + 1 < edges.length; index += 2) {
      ranges.push([edges[index] ?? 0, edges[index + 1] ?? 0]);
    }
    return IndexRanges.of(ranges);
  }

  joined(other: IndexRanges): IndexRanges {
    return IndexRanges.of([...this.ranges, ...other.ranges]);
  }
}
