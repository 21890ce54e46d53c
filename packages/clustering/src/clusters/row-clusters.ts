import { largest } from '../vectors/largest.ts';
import { RowMatrix, blockSize } from '../vectors/row-matrix.ts';
import { dot, unitOf } from '../vectors/unit-vector.ts';
import type { DistinctRow } from './distinct-rows.ts';
import { NearestClusters } from './nearest-clusters.ts';

/** Rows that go together; `centroid` is the direction of their sum. */
export interface RowCluster {
  readonly rows: ReadonlySet<number>;
  readonly centroid: Float32Array;
}

/** A cluster with the mean cosine of its images with the centroid. */
export interface CohesiveCluster extends RowCluster {
  readonly cohesion: number;
}

interface GrowingCluster {
  readonly rows: Set<number>;
  /** From the second row on: most clusters of a library where little is alike never need it. */
  sum: Float64Array | undefined;
  centroid: Float32Array;
  /** How many images, and the mean cosine of them with the centroid. */
  weight: number;
  cohesion: number;
}

/** Rows in clusters, and the moves that make the clusters better. Each row is in one cluster at most. */
export class RowClusters {
  readonly #rows: readonly DistinctRow[];
  readonly #threshold: number;
  readonly #dimension: number;
  readonly #centroids: RowMatrix;
  #clusters: GrowingCluster[] = [];
  readonly #clusterOf: (GrowingCluster | undefined)[];

  constructor(rows: readonly DistinctRow[], threshold: number) {
    this.#rows = rows;
    this.#threshold = threshold;
    this.#dimension = rows[0]?.vector.length ?? 0;
    this.#centroids = new RowMatrix(this.#dimension, rows.length + blockSize);
    this.#clusterOf = Array.from(rows, () => undefined);
  }

  /** Makes clusters of rows that are in none yet. */
  add(clusters: readonly (readonly number[])[]): void {
    for (const [first, ...others] of clusters) {
      if (first === undefined) continue;
      this.#start(first);
      const cluster = this.#clusters.at(-1);
      if (cluster === undefined) continue;
      for (const row of others) this.#addTo(cluster, row);
      turnToSum(cluster);
    }
  }

  all(): CohesiveCluster[] {
    return this.#clusters;
  }

  /** Each of the rows joins the best cluster that is near enough, or starts one. */
  assignAll(pending: readonly number[], near: number): void {
    this.#writeCentroids(this.#clusters);
    for (let start = 0; start < pending.length; start += blockSize) {
      const block = pending.slice(start, start + blockSize);
      this.#placeBlock(block, near);
    }
  }

  /** Centroids stand still within a block, but clusters that it starts are seen by the rest of it. */
  #placeBlock(block: readonly number[], near: number): void {
    const vectors = block.map((row) => this.#vector(row));
    const before = this.#clusters.length;
    const cosines = this.#centroids.dots(vectors).slice();
    const touched = new Set<number>();
    for (const [position, row] of block.entries()) {
      const known = largest(cosines.subarray(position * before, (position + 1) * before));
      const fresh = this.#bestOfFresh(vectors[position], before);
      const best = fresh.value > known.value ? fresh : known;
      if (best.value >= near) {
        this.#join(row, best.index);
        touched.add(best.index);
      } else {
        this.#start(row);
        this.#centroids.set(this.#clusters.length - 1, this.#vector(row));
      }
    }
    for (const index of touched) {
      const cluster = this.#clusters[index];
      if (cluster === undefined) continue;
      turnToSum(cluster);
      this.#centroids.set(index, cluster.centroid);
    }
  }

  #bestOfFresh(vector: Float32Array | undefined, before: number): { index: number; value: number } {
    if (vector === undefined || this.#centroids.count === before) return { index: -1, value: -Infinity };
    const best = largest(this.#centroids.dots([vector], before));
    return { index: before + best.index, value: best.value };
  }

  /** Merges pairs of clusters that are each other's nearest and near enough, until there is none. */
  mergeNearest(onProgress: (share: number) => void): void {
    this.#writeCentroids(this.#clusters);
    const neighbours = new NearestClusters(this.#clusters, this.#centroids);
    neighbours.findAll(onProgress);
    for (;;) {
      const pairs = neighbours.mutual(this.#threshold);
      if (pairs.length === 0) break;
      for (const [into, from] of pairs) {
        const [target, source] = [this.#clusters[into], this.#clusters[from]];
        if (target === undefined || source === undefined) continue;
        for (const row of [...source.rows].sort((a, b) => a - b)) {
          this.#leave(row);
          this.#addTo(target, row);
        }
        turnToSum(target);
        this.#centroids.set(into, target.centroid);
      }
      neighbours.update(pairs);
    }
    this.#settle();
  }

  /** Moves each row to the nearest cluster of several rows, and out of a cluster that it is no longer near to. */
  improve(): boolean {
    const shared = this.#shared();
    if (shared.length === 0) return false;
    this.#writeCentroids(shared);
    const loose: number[] = [];
    let moved = false;
    for (let start = 0; start < this.#rows.length; start += blockSize) {
      const block = this.#rows.slice(start, start + blockSize).map(({ vector }) => vector);
      const cosines = this.#centroids.dots(block);
      for (let position = 0; position < block.length; position++) {
        const best = largest(cosines.subarray(position * shared.length, (position + 1) * shared.length));
        const row = start + position;
        const target = best.value >= this.#threshold ? shared[best.index] : undefined;
        const own = this.#clusterOf[row];
        if (target === own || (target === undefined && own !== undefined && own.rows.size === 1)) continue;
        moved = true;
        if (target) this.#move(row, target);
        else loose.push(row);
      }
    }
    for (const row of loose) this.#leave(row);
    if (moved) this.#settle();
    if (loose.length > 0) this.assignAll(loose, this.#threshold);
    return moved;
  }

  #shared(): GrowingCluster[] {
    return this.#clusters.filter((cluster) => cluster.rows.size > 1);
  }

  #start(row: number): void {
    const cluster: GrowingCluster = {
      rows: new Set(),
      sum: undefined,
      centroid: this.#vector(row),
      weight: 0,
      cohesion: 1,
    };
    this.#clusters.push(cluster);
    this.#addTo(cluster, row);
  }

  #join(row: number, index: number): void {
    const cluster = this.#clusters[index];
    if (cluster) this.#addTo(cluster, row);
  }

  #addTo(cluster: GrowingCluster, row: number): void {
    const [first] = cluster.rows;
    cluster.rows.add(row);
    this.#clusterOf[row] = cluster;
    cluster.weight += this.#rows[row]?.indexes.length ?? 0;
    if (first === undefined) {
      cluster.centroid = this.#vector(row);
      return;
    }
    cluster.sum ??= this.#weighted(first, new Float64Array(this.#dimension));
    this.#weighted(row, cluster.sum);
  }

  #weighted(row: number, sum: Float64Array): Float64Array {
    const weight = this.#rows[row]?.indexes.length ?? 0;
    const vector = this.#vector(row);
    for (let index = 0; index < vector.length; index++) {
      sum[index] = (sum[index] ?? 0) + weight * (vector[index] ?? 0);
    }
    return sum;
  }

  #leave(row: number): void {
    this.#clusterOf[row]?.rows.delete(row);
    this.#clusterOf[row] = undefined;
  }

  #move(row: number, target: GrowingCluster): void {
    this.#clusterOf[row]?.rows.delete(row);
    target.rows.add(row);
    this.#clusterOf[row] = target;
  }

  /** Drops emptied clusters and sums the others anew, in the order of the rows, so that no rounding is carried along. */
  #settle(): void {
    this.#clusters = this.#clusters.filter((cluster) => cluster.rows.size > 0);
    for (const cluster of this.#clusters) {
      const rows = [...cluster.rows].sort((a, b) => a - b);
      cluster.sum = undefined;
      cluster.weight = 0;
      cluster.cohesion = 1;
      cluster.rows.clear();
      for (const row of rows) this.#addTo(cluster, row);
      turnToSum(cluster);
    }
  }

  #writeCentroids(clusters: readonly GrowingCluster[]): void {
    this.#centroids.truncate(0);
    for (const [index, cluster] of clusters.entries()) this.#centroids.set(index, cluster.centroid);
  }

  #vector(row: number): Float32Array {
    const found = this.#rows[row];
    if (found === undefined) throw new RangeError(`no row ${row}`);
    return found.vector;
  }
}

function turnToSum(cluster: GrowingCluster): void {
  if (cluster.sum === undefined) return;
  cluster.centroid = unitOf(cluster.sum, cluster.centroid);
  cluster.cohesion = Math.sqrt(dot(cluster.sum, cluster.sum)) / cluster.weight;
}
