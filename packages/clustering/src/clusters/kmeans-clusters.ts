import { kmeansGenerator } from 'ml-kmeans';
import { seededRandom } from '../seeded-random.ts';
import { evenSample } from './even-sample.ts';
import { squaredDistance, startingCenters } from './starting-centers.ts';

/** Where the centers of a run ended and which of them each row is nearest to. */
export interface KmeansClusters {
  readonly centers: readonly (readonly number[])[];
  readonly centerOf: readonly number[];
}

const mostStartingRows = 4_000;
// Squared distances of unit vectors: a center that moves less no longer changes who is nearest to it.
const tolerance = 1e-4;

/** Runs ml-kmeans from spread starting centers; at most one center for each different row. */
export function kmeansClusters(
  rows: readonly (readonly number[])[],
  k: number,
  options: { seed: number; maxIterations: number; onIteration?: (iteration: number) => void },
): KmeansClusters {
  const starts = startingCenters(
    evenSample(rows, Math.max(k, mostStartingRows)),
    k,
    seededRandom(options.seed),
  );
  let last: KmeansClusters = { centers: starts, centerOf: [] };
  // ml-kmeans declares mutable arrays although it only reads the rows and the starting centers.
  const data = rows as number[][];
  const runs = kmeansGenerator(data, starts.length, {
    initialization: starts.map((center) => [...center]),
    maxIterations: options.maxIterations,
    tolerance,
    distanceFunction: squaredDistance,
  });
  for (const run of runs) {
    last = { centers: run.centroids, centerOf: run.clusters };
    options.onIteration?.(run.iterations);
  }
  return last;
}
