import { checkShare } from '../../clusters/check-options.ts';

/** What is asked of hosted models' vectors, and what parts local ones alike; straight in between. */
const points = [
  [0, 0],
  [0.85, 0.855],
  [0.9, 0.865],
  [1, 1],
] as const;

/**
 * The threshold that groups vectors of the local embedder as the given one groups those of hosted models. Between 0.85
 * and 0.9 local vectors part much faster; see decisions/0080.
 */
export function localThreshold(threshold: number): number {
  checkShare('threshold', threshold);
  const above = points.findIndex(([asked]) => asked >= threshold);
  const [high, low] = [points[above] ?? [1, 1], points[above - 1] ?? [0, 0]];
  return low[1] + ((threshold - low[0]) / (high[0] - low[0])) * (high[1] - low[1]);
}
