/** The square of the straight distance. */
export function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

/**
 * Centers far from each other (greedy k-means++): each next one is, of some rows drawn in proportion to their squared
 * distance from the nearest so far, the one that leaves the least distance over. Fewer than `k` when there are fewer
 * different rows, which ml-kmeans's own choice does not survive.
 */
export function startingCenters(
  rows: readonly (readonly number[])[],
  k: number,
  random: () => number,
): (readonly number[])[] {
  const first = rows[Math.floor(random() * rows.length)];
  if (first === undefined) return [];
  const trials = 2 + Math.floor(Math.log(k));
  const centers = [first];
  let nearest = rows.map((row) => squaredDistance(row, first));
  while (centers.length < k) {
    let best: { row: readonly number[]; nearest: number[]; left: number } | undefined;
    for (let trial = 0; trial < trials; trial++) {
      const row = rows[drawInProportion(nearest, random)];
      if (row === undefined) return centers;
      const after = nearest.map((distance, index) =>
        Math.min(distance, squaredDistance(rows[index] ?? row, row)),
      );
      const left = after.reduce((sum, distance) => sum + distance, 0);
      if (best === undefined || left < best.left) best = { row, nearest: after, left };
    }
    if (best === undefined) return centers;
    centers.push(best.row);
    nearest = best.nearest;
  }
  return centers;
}

/** -1 when all weights are zero. */
function drawInProportion(weights: readonly number[], random: () => number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = random() * total;
  let last = -1;
  for (const [index, weight] of weights.entries()) {
    if (weight <= 0) continue;
    last = index;
    rest -= weight;
    if (rest < 0) return index;
  }
  return last;
}
