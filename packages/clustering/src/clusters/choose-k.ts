import { evenSample } from './even-sample.ts';
import { kmeansClusters } from './kmeans-clusters.ts';
import { squaredDistance } from './starting-centers.ts';

const sampleSize = 1_000;
const mostClusters = 256;
const iterations = 12;
const growth = 1.4;

/**
 * The number of clusters that parts the rows best: the highest mean silhouette, measured to centers instead of to all
 * members, over a sample and a grid of numbers that grows by two fifths.
 */
export function chooseK(rows: readonly (readonly number[])[], seed: number): number {
  const sample = evenSample(rows, sampleSize);
  let best = { k: 1, silhouette: 0 };
  for (
    let k = 2;
    k <= Math.min(mostClusters, sample.length / 2);
    k = Math.max(k + 1, Math.round(k * growth))
  ) {
    const { centers } = kmeansClusters(sample, k, { seed, maxIterations: iterations });
    const silhouette = meanSilhouette(sample, centers);
    if (silhouette > best.silhouette) best = { k, silhouette };
  }
  return best.k;
}

function meanSilhouette(
  rows: readonly (readonly number[])[],
  centers: readonly (readonly number[])[],
): number {
  let sum = 0;
  for (const row of rows) {
    let nearest = Infinity;
    let second = Infinity;
    for (const center of centers) {
      const distance = Math.sqrt(squaredDistance(row, center));
      if (distance < nearest) [nearest, second] = [distance, nearest];
      else if (distance < second) second = distance;
    }
    // Where rows coincide with their center and another one, nothing parts them.
    sum += Number.isFinite(second) && second > 0 ? (second - nearest) / second : 0;
  }
  return sum / rows.length;
}
