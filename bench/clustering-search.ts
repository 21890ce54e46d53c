import { openVectorSearch, type VectorSet } from '@iib-kit/clustering';
import { wholeNumber, type Benchmark } from './benchmark.ts';
import { topicVectors, unitNoise } from './clustering/topic-vectors.ts';
import { seededRandom } from './library/seeded-random.ts';
import { measured } from './measure/measured.ts';
import { megabytes, millis, printFigures, seconds } from './measure/print-figures.ts';

const dimension = 1_536;
const topK = 10;

/** Meaning search over many vectors: time to a first answer, times of searches, and what is found of the exact answer. */
export const clusteringSearch: Benchmark = {
  name: 'clustering-search',
  summary: 'search 100,000 vectors of 1,536 numbers, fast beside exact',
  options: { vectors: { type: 'string' }, queries: { type: 'string' }, seed: { type: 'string' } },
  async run(values) {
    const count = wholeNumber(values, 'vectors', 100_000);
    const queries = wholeNumber(values, 'queries', 100);
    const seed = wholeNumber(values, 'seed', 1);
    const set = topicVectors({ count, dimension, topics: Math.ceil(count / 100), alone: 0.05, seed });
    const asked = nearbyQueries(set, queries, seed);
    const exact = await searches(set, 'exact', asked);
    const fast = await searches(set, 'fast', asked);
    const found = fast.results.map((hits, query) => {
      const wanted = new Set(exact.results[query]?.map(({ index }) => index));
      return hits.filter(({ index }) => wanted.has(index)).length / wanted.size;
    });
    const recall = found.reduce((sum, share) => sum + share, 0) / queries;
    printFigures(
      `meaning search over ${count.toLocaleString('en')} x ${dimension}, first ${topK}, one after the other`,
      [
        ['fast, p50', millis(fast.at(0.5)), `at most 50 ms; p99 ${millis(fast.at(0.99))}`],
        ['exact, p50', millis(exact.at(0.5)), `p99 ${millis(exact.at(0.99))}`],
        [`recall of the first ${topK}`, recall.toFixed(4), 'at least 0.99'],
        ['fast, until the first answer', seconds(fast.openedMs)],
        ['main thread late, p99', millis(fast.delay.p99), `at most 20 ms; max ${millis(fast.delay.max)}`],
        [
          'memory, peak',
          megabytes(fast.peak),
          `${megabytes((count * dimension * 4) | 0)} of them the vectors`,
        ],
      ],
    );
  },
};

async function searches(set: VectorSet, method: 'exact' | 'fast', asked: readonly Float32Array[]) {
  const search = openVectorSearch(set, { method });
  const opened = performance.now();
  await search.search(asked[0] ?? [], { topK });
  const openedMs = performance.now() - opened;
  const times: number[] = [];
  const { result, delay, memory } = await measured(async () => {
    const results = [];
    for (const query of asked) {
      const started = performance.now();
      results.push(await search.search(query, { topK, minScore: -1 }));
      times.push(performance.now() - started);
    }
    return results;
  });
  await search.close();
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN;
  return { results: result, openedMs, delay, peak: memory.peak, at };
}

/** Queries near some vectors of the set, as prompts are near the images made from alike ones, but equal to none. */
function nearbyQueries(set: VectorSet, count: number, seed: number): Float32Array[] {
  const random = seededRandom(seed + 1);
  return Array.from({ length: count }, () => {
    const noise = unitNoise(set.dimension, () => random.next());
    return set.at(random.below(set.count)).map((part, at) => 0.8 * part + 0.6 * (noise[at] ?? 0));
  });
}
