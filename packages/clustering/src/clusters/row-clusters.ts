import { largest } from '../vectors/largest.ts';
import { RowMatrix, blockSize } from '../vectors/row-matrix.ts';
import { dot, unitOf } from '../vectors/unit-vector.ts';
import type { DistinctRow } from './distinct-rows.ts';
import { NearestGroups } from './nearest-clusters.ts';

/** Rows that go together; `centroid` is the direction of their sum. */
export interface Group {
  readonly rows: ReadonlySet<number>;
  readonly centroid: Float32Array;
}

/** A group with the mean cosine of its images with the centroid. */
export interface CohesiveGroup extends Group {
  readonly cohesion: number;
}

interface GrowingGroup {
  readonly rows: Set<number>;
  /** From the second row on: most groups of a library where little is alike never need it. */
  sum: Float64Array | undefined;
  centroid: Float32Array;
  /** How many images, and the mean cosine of them with the centroid. */
  weight: number;
  cohesion: number;
}

/** Rows in groups, and the moves that make the groups better. Each row is in one group at most. */
export class Grouping {
  readonly #rows: readonly DistinctRow[];
  readonly #threshold: number;
  readonly #dimension: number;
  readonly #centroids: RowMatrix;
  #groups: GrowingGroup[] = [];
  readonly #groupOf: (GrowingGroup | undefined)[];

  constructor(rows: readonly DistinctRow[], threshold: number) {
    this.#rows = rows;
    this.#threshold = threshold;
    this.#dimension = rows[0]?.vector.length ?? 0;
    this.#centroids = new RowMatrix(this.#dimension, rows.length + blockSize);
    this.#groupOf = Array.from(rows, () => undefined);
  }

  /** Makes groups of rows that are in none yet. */
  add(groups: readonly (readonly number[])[]): void {
    for (const [first, ...others] of groups) {
      if (first === undefined) continue;
      this.#start(first);
      const group = this.#groups.at(-1);
      if (group === undefined) continue;
      for (const row of others) this.#addTo(group, row);
      turnToSum(group);
    }
  }

  groups(): CohesiveGroup[] {
    return this.#groups;
  }

  /** Each of the rows joins the best group that is near enough, or starts one. */
  placeAll(pending: readonly number[], near: number): void {
    this.#writeCentroids(this.#groups);
    for (let start = 0; start < pending.length; start += blockSize) {
      const block = pending.slice(start, start + blockSize);
      this.#placeBlock(block, near);
    }
  }

  /** Centroids stand still within a block, but groups that it starts are seen by the rest of it. */
  #placeBlock(block: readonly number[], near: number): void {
    const vectors = block.map((row) => this.#vector(row));
    const before = this.#groups.length;
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
        this.#centroids.set(this.#groups.length - 1, this.#vector(row));
      }
    }
    for (const index of touched) {
      const group = this.#groups[index];
      if (group === undefined) continue;
      turnToSum(group);
      this.#centroids.set(index, group.centroid);
    }
  }

  #bestOfFresh(vector: Float32Array | undefined, before: number): { index: number; value: number } {
    if (vector === undefined || this.#centroids.count === before) return { index: -1, value: -Infinity };
    const best = largest(this.#centroids.dots([vector], before));
    return { index: before + best.index, value: best.value };
  }

  /** Merges pairs of groups that are each other's nearest and near enough, until there is none. */
  mergeNearest(onProgress: (share: number) => void): void {
    this.#writeCentroids(this.#groups);
    const neighbours = new NearestGroups(this.#groups, this.#centroids);
    neighbours.findAll(onProgress);
    for (;;) {
      const pairs = neighbours.mutual(this.#threshold);
      if (pairs.length === 0) break;
      for (const [into, from] of pairs) {
        const [target, source] = [this.#groups[into], this.#groups[from]];
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

  /** Moves each row to the nearest group of several rows, and out of a group that it is no longer near to. */
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
        const own = this.#groupOf[row];
        if (target === own || (target === undefined && own !== undefined && own.rows.size === 1)) continue;
        moved = true;
        if (target) this.#move(row, target);
        else loose.push(row);
      }
    }
    for (const row of loose) this.#leave(row);
    if (moved) this.#settle();
    if (loose.length > 0) this.placeAll(loose, this.#threshold);
    return moved;
  }

  #shared(): GrowingGroup[] {
    return this.#groups.filter((group) => group.rows.size > 1);
  }

  #start(row: number): void {
    const group: GrowingGroup = {
      rows: new Set(),
      sum: undefined,
      centroid: this.#vector(row),
      weight: 0,
      cohesion: 1,
    };
    this.#groups.push(group);
    this.#addTo(group, row);
  }

  #join(row: number, index: number): void {
    const group = this.#groups[index];
    if (group) this.#addTo(group, row);
  }

  #addTo(group: GrowingGroup, row: number): void {
    const [first] = group.rows;
    group.rows.add(row);
    this.#groupOf[row] = group;
    group.weight += this.#rows[row]?.indexes.length ?? 0;
    if (first === undefined) {
      group.centroid = this.#vector(row);
      return;
    }
    group.sum ??= this.#weighted(first, new Float64Array(this.#dimension));
    this.#weighted(row, group.sum);
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
    this.#groupOf[row]?.rows.delete(row);
    this.#groupOf[row] = undefined;
  }

  #move(row: number, target: GrowingGroup): void {
    this.#groupOf[row]?.rows.delete(row);
    target.rows.add(row);
    this.#groupOf[row] = target;
  }

  /** Drops emptied groups and sums the others anew, in the order of the rows, so that no rounding is carried along. */
  #settle(): void {
    this.#groups = this.#groups.filter((group) => group.rows.size > 0);
    for (const group of this.#groups) {
      const rows = [...group.rows].sort((a, b) => a - b);
      group.sum = undefined;
      group.weight = 0;
      group.cohesion = 1;
      group.rows.clear();
      for (const row of rows) this.#addTo(group, row);
      turnToSum(group);
    }
  }

  #writeCentroids(groups: readonly GrowingGroup[]): void {
    this.#centroids.truncate(0);
    for (const [index, group] of groups.entries()) this.#centroids.set(index, group.centroid);
  }

  #vector(row: number): Float32Array {
    const found = this.#rows[row];
    if (found === undefined) throw new RangeError(`no row ${row}`);
    return found.vector;
  }
}

function turnToSum(group: GrowingGroup): void {
  if (group.sum === undefined) return;
  group.centroid = unitOf(group.sum, group.centroid);
  group.cohesion = Math.sqrt(dot(group.sum, group.sum)) / group.weight;
}
