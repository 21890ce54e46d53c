import { blockSize, type RowMatrix } from '../vectors/row-matrix.ts';

/** What is asked of a cluster: how near its members are to its centroid on average. */
interface Cohesive {
  readonly cohesion: number;
}

/**
 * Which cluster each cluster is nearest to. Two clusters are as near as the members of the looser one are, on average, to the
 * other's centroid: for two single rows their cosine, for large clusters what decides whether a member may move over.
 */
export class NearestClusters {
  readonly #clusters: readonly Cohesive[];
  readonly #centroids: RowMatrix;
  readonly #nearest: Int32Array;
  readonly #nearness: Float64Array;
  readonly #gone: Uint8Array;

  /** Row `i` of the matrix is the centroid of cluster `i`. */
  constructor(clusters: readonly Cohesive[], centroids: RowMatrix) {
    this.#clusters = clusters;
    this.#centroids = centroids;
    this.#nearest = new Int32Array(clusters.length).fill(-1);
    this.#nearness = new Float64Array(clusters.length).fill(-Infinity);
    this.#gone = new Uint8Array(clusters.length);
  }

  findAll(onProgress: (share: number) => void): void {
    const count = this.#clusters.length;
    for (let start = 0; start < count; start += blockSize) {
      const block = range(start, Math.min(count, start + blockSize));
      this.#compare(block, start, (cluster, other) => other > cluster);
      onProgress(1 - ((count - start) / count) ** 2);
    }
    onProgress(1);
  }

  /** The pairs that are each other's nearest and at least that near, the earlier cluster first. */
  mutual(least: number): [into: number, from: number][] {
    const pairs: [number, number][] = [];
    for (const [cluster, other] of this.#nearest.entries()) {
      if (other <= cluster || this.#gone[cluster] === 1) continue;
      if (this.#nearest[other] === cluster && (this.#nearness[cluster] ?? 0) >= least)
        pairs.push([cluster, other]);
    }
    return pairs;
  }

  /** Finds again what merging these pairs changed: the first of each pair holds both now. */
  update(merged: readonly (readonly [into: number, from: number])[]): void {
    const changed = new Set(merged.map(([into]) => into));
    for (const [, from] of merged) this.#gone[from] = 1;
    const stale: number[] = [];
    for (const [cluster, other] of this.#nearest.entries()) {
      if (this.#gone[cluster] === 1) continue;
      if (!changed.has(cluster) && !changed.has(other) && this.#gone[other] !== 1) continue;
      this.#nearest[cluster] = -1;
      this.#nearness[cluster] = -Infinity;
      stale.push(cluster);
    }
    for (let start = 0; start < stale.length; start += blockSize) {
      this.#compare(stale.slice(start, start + blockSize), 0, (cluster, other) => other !== cluster);
    }
  }

  /** Compares the clusters of a block with those from `first` on, and remembers for both sides what is nearest. */
  #compare(
    block: readonly number[],
    first: number,
    counts: (cluster: number, other: number) => boolean,
  ): void {
    const width = this.#clusters.length - first;
    const cosines = this.#centroids.dots(
      block.map((cluster) => this.#centroids.row(cluster)),
      first,
    );
    for (const [position, cluster] of block.entries()) {
      const ownCohesion = this.#clusters[cluster]?.cohesion ?? 0;
      for (let other = first; other < this.#clusters.length; other++) {
        if (this.#gone[other] === 1 || !counts(cluster, other)) continue;
        const cohesion = Math.min(ownCohesion, this.#clusters[other]?.cohesion ?? 0);
        const nearness = (cosines[position * width + other - first] ?? 0) * cohesion;
        this.#offer(cluster, other, nearness);
        this.#offer(other, cluster, nearness);
      }
    }
  }

  #offer(cluster: number, other: number, nearness: number): void {
    const known = this.#nearness[cluster] ?? -Infinity;
    // Of equally near ones the earlier, so that the order of comparing does not matter.
    if (nearness < known || (nearness === known && other > (this.#nearest[cluster] ?? -1))) return;
    this.#nearness[cluster] = nearness;
    this.#nearest[cluster] = other;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
