import {
  clusterByThreshold,
  createLocalEmbedder,
  localThreshold,
  measureRarity,
  preparePrompt,
  VectorSet,
  type Embedder,
} from '@iib-kit/clustering';
import { createOpenaiEmbedder } from '@iib-kit/clustering/openai';
import { wholeNumber, type Benchmark } from './benchmark.ts';
import { adjustedRandIndex } from './clustering/adjusted-rand-index.ts';
import { startStandInModel } from './clustering/start-stand-in-model.ts';
import { parametersText } from './library/generation-text.ts';
import { libraryRows } from './library/library-rows.ts';
import { measured } from './measure/measured.ts';
import { millis, perSecond, printFigures, seconds, type Figure } from './measure/print-figures.ts';

const thresholds = [0.85, 0.88, 0.9] as const;

/** Topics of a library whose topics are known: with the local embedder, and with a stand-in for a hosted model. */
export const clusteringLibrary: Benchmark = {
  name: 'clustering-library',
  summary: 'prepare, embed and cluster the prompts of a library; how far the clusters are its topics',
  options: { images: { type: 'string' }, seed: { type: 'string' } },
  async run(values) {
    const images = wholeNumber(values, 'images', 20_000);
    const rows = [...libraryRows({ images, seed: wholeNumber(values, 'seed', 1) })];
    // A one-off is a topic of its own.
    const topics = rows.map(({ topic }, index) => topic ?? -1 - index);
    const started = performance.now();
    const texts = rows.map((row) => preparePrompt(parametersText(row)));
    const prepareMs = performance.now() - started;
    const rarity = await measured(() => measureRarity(texts));
    printFigures(
      `prompts of ${images.toLocaleString('en')} images in ${new Set(topics).size} topics and one-offs`,
      [
        ['prepare', seconds(prepareMs), perSecond(images, prepareMs)],
        ['measure rarity', seconds(rarity.ms), perSecond(images, rarity.ms)],
      ],
    );
    await embedAndCluster(createLocalEmbedder({ rarity: rarity.result }), texts, topics);
    const model = await startStandInModel(texts.map((text, index) => [text, topics[index] ?? 0]));
    try {
      await embedAndCluster(createOpenaiEmbedder({ baseURL: model.baseURL }), texts, topics);
    } finally {
      model.stop();
    }
  },
};

async function embedAndCluster(
  embedder: Embedder,
  texts: readonly string[],
  topics: readonly number[],
): Promise<void> {
  const embedded = await measured(() => vectorsOf(embedder, texts));
  const figures: Figure[] = [
    ['embed', seconds(embedded.ms), perSecond(texts.length, embedded.ms)],
    [
      '  main thread late, p99',
      millis(embedded.delay.p99),
      `at most 20 ms; max ${millis(embedded.delay.max)}`,
    ],
  ];
  for (const threshold of thresholds) {
    const { result, ms, delay } = await measured(() =>
      clusterByThreshold(embedded.result, {
        threshold: embedder.provider === 'local' ? localThreshold(threshold) : threshold,
      }),
    );
    const labels = Array.from(topics, (_, index) => -1 - index);
    for (const [label, { members }] of result.clusters.entries())
      for (const member of members) labels[member] = label;
    figures.push([
      `cluster at ${threshold}`,
      seconds(ms),
      `adjusted Rand index ${adjustedRandIndex(topics, labels).toFixed(3)}; ` +
        `${result.clusters.length} clusters, ${result.noise.length} in noise; main thread p99 ${millis(delay.p99)}`,
    ]);
  }
  printFigures(`${embedder.provider}, ${embedder.model}`, figures);
}

async function vectorsOf(embedder: Embedder, texts: readonly string[]): Promise<VectorSet> {
  const vectors: (Float32Array | undefined)[] = Array.from(texts, () => undefined);
  for await (const outcomes of embedder.embed(texts)) {
    for (const outcome of outcomes) {
      if ('error' in outcome) throw outcome.error;
      vectors[outcome.index] = outcome.vector;
    }
  }
  const set = new VectorSet(vectors[0]?.length ?? 1, { capacity: texts.length });
  for (const [index, vector] of vectors.entries()) {
    set.add(vector ?? []);
    // In turns, so that what is measured is the embedding and not the benchmark's own copying.
    if (index % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return set;
}
