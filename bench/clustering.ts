import { clusterByKmeans, clusterByThreshold, type Clustering } from '@iib-kit/clustering';
import { wholeNumber, type Benchmark } from './benchmark.ts';
import { topicVectors } from './clustering/topic-vectors.ts';
import { measured, type Measured } from './measure/measured.ts';
import { megabytes, millis, printFigures, seconds, type Figure } from './measure/print-figures.ts';

const dimension = 1_536;
const threshold = 0.8;

/** Clustering of vectors as hosted models give them, in the worst case and in topics. */
export const clustering: Benchmark = {
  name: 'clustering',
  summary: 'cluster 2,000 vectors of which none are alike, and 2,000 and 20,000 in topics',
  options: { large: { type: 'string' }, seed: { type: 'string' } },
  async run(values) {
    const large = wholeNumber(values, 'large', 20_000);
    const seed = wholeNumber(values, 'seed', 1);
    const worst = topicVectors({ count: 2_000, dimension, topics: 0, seed });
    const small = topicVectors({ count: 2_000, dimension, topics: 200, alone: 0.05, seed });
    const apart = await measured(() => clusterByThreshold(worst, { threshold }));
    const few = await measured(() => clusterByThreshold(small, { threshold }));
    const many = topicVectors({ count: large, dimension, topics: 200, alone: 0.05, seed });
    const all = await measured(() => clusterByThreshold(many, { threshold }));
    const kmeans = await measured(() => clusterByKmeans(many, { k: 200, seed }));
    check(apart.result, 0, 2_000);
    check(all.result, 200, large);
    printFigures(`clusterByThreshold at ${threshold}, ${dimension} dimensions`, [
      ...figures('2,000, none alike', apart, 'at most 1.5 s'),
      ...figures('2,000 in 200 topics', few),
      ...figures(`${large.toLocaleString('en')} in 200 topics`, all, 'at most 30 s and 1 GB'),
      ['growth of time', `x ${(all.ms / few.ms).toFixed(1)}`, `for x ${large / 2_000} vectors`],
    ]);
    printFigures('clusterByKmeans', figures(`${large.toLocaleString('en')}, k = 200`, kmeans));
  },
};

function figures(
  what: string,
  { ms, delay, memory, result }: Measured<Clustering>,
  limit?: string,
): Figure[] {
  const groups = `${result.clusters.length} clusters, ${result.noise.length} in noise`;
  return [
    [what, seconds(ms), [limit, groups].filter((part) => part !== undefined).join('; ')],
    ['  main thread late, p99', millis(delay.p99), `at most 20 ms; max ${millis(delay.max)}`],
    ['  memory, peak', megabytes(memory.peak), `${megabytes(memory.before)} before, the vectors included`],
  ];
}

function check({ clusters, noise }: Clustering, expected: number, count: number): void {
  const placed = clusters.reduce((sum, { members }) => sum + members.length, noise.length);
  if (clusters.length !== expected || placed !== count) {
    throw new Error(
      `${expected} clusters of ${count} vectors were made, ${clusters.length} of ${placed} were found`,
    );
  }
}
