import { blockSize, type RowMatrix } from '../vectors/row-matrix.ts';

/** What is asked of a group: how near its members are to its centroid on average. */
interface Cohesive {
  readonly cohesion: number;
}

/**
 * Which group each group is nearest to. Two groups are as near as the members of the looser one are, on average, to the
 * other's centroid: for two single rows their cosine, for large groups what decides whether a member may move over.
 */
export class NearestGroups {
  readonly #groups: readonly Cohesive[];
  readonly #centroids: RowMatrix;
  readonly #nearest: Int32Array;
  readonly #nearness: Float64Array;
  readonly #gone: Uint8Array;

  /** Row `i` of the matrix is the centroid of group `i`. */
  constructor(groups: readonly Cohesive[], centroids: RowMatrix) {
    this.#groups = groups;
    this.#centroids = centroids;
    this.#nearest = new Int32Array(groups.length).fill(-1);
    this.#nearness = new Float64Array(groups.length).fill(-Infinity);
    this.#gone = new Uint8Array(groups.length);
  }

  findAll(onProgress: (share: number) => void): void {
    const count = this.#groups.length;
    for (let start = 0; start < count; start += blockSize) {
      const block = range(start, Math.min(count, start + blockSize));
      this.#compare(block, start, (group, other) => other > group);
      onProgress(1 - ((count - start) / count) ** 2);
    }
    onProgress(1);
  }

  /** The pairs that are each other's nearest and at least that near, the earlier group first. */
  mutual(least: number): [into: number, from: number][] {
    const pairs: [number, number][] = [];
    for (const [group, other] of this.#nearest.entries()) {
      if (other <= group || this.#gone[group] === 1) continue;
      if (this.#nearest[other] === group && (this.#nearness[group] ?? 0) >= least) pairs.push([group, other]);
    }
    return pairs;
  }

  /** Finds again what merging these pairs changed: the first of each pair holds both now. */
  update(merged: readonly (readonly [into: number, from: number])[]): void {
    const changed = new Set(merged.map(([into]) => into));
    for (const [, from] of merged) this.#gone[from] = 1;
    const stale: number[] = [];
    for (const [group, other] of this.#nearest.entries()) {
      if (this.#gone[group] === 1) continue;
      if (!changed.has(group) && !changed.has(other) && this.#gone[other] !== 1) continue;
      this.#nearest[group] = -1;
      this.#nearness[group] = -Infinity;
      stale.push(group);
    }
    for (let start = 0; start < stale.length; start += blockSize) {
      this.#compare(stale.slice(start, start + blockSize), 0, (group, other) => other !== group);
    }
  }

  /** Compares the groups of a block with those from `first` on, and remembers for both sides what is nearest. */
  #compare(block: readonly number[], first: number, counts: (group: number, other: number) => boolean): void {
    const width = this.#groups.length - first;
    const cosines = this.#centroids.dots(
      block.map((group) => this.#centroids.row(group)),
      first,
    );
    for (const [position, group] of block.entries()) {
      const ownCohesion = this.#groups[group]?.cohesion ?? 0;
      for (let other = first; other < this.#groups.length; other++) {
        if (this.#gone[other] === 1 || !counts(group, other)) continue;
        const cohesion = Math.min(ownCohesion, this.#groups[other]?.cohesion ?? 0);
        const nearness = (cosines[position * width + other - first] ?? 0) * cohesion;
        this.#offer(group, other, nearness);
        this.#offer(other, group, nearness);
      }
    }
  }

  #offer(group: number, other: number, nearness: number): void {
    const known = this.#nearness[group] ?? -Infinity;
    // Of equally near ones the earlier, so that the order of comparing does not matter.
    if (nearness < known || (nearness === known && other > (this.#nearest[group] ?? -1))) return;
    this.#nearness[group] = nearness;
    this.#nearest[group] = other;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
