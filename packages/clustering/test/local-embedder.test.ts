import {
  clusterByThreshold,
  createLocalEmbedder,
  embedAll,
  measureRarity,
  preparePrompt,
  VectorSet,
} from '@iib-kit/clustering';
import { expect, test } from 'vitest';
import { adjustedRandIndex } from './helpers/adjusted-rand-index.ts';
import { madePrompts } from './helpers/made-prompts.ts';

const made = madePrompts(800);
const texts = made.texts.map((text) => preparePrompt(text));

test.each([0.85, 0.9])('at the threshold %s the prompts of a topic are a cluster', async (threshold) => {
  const embedder = createLocalEmbedder({ rarity: await measureRarity(texts) });
  const outcomes = await embedAll(embedder, texts);
  const vectors = VectorSet.of(outcomes.map((outcome) => ('vector' in outcome ? outcome.vector : [])));
  const { clusters, noise } = await clusterByThreshold(vectors, { threshold });
  const labels = Array.from(texts, (_, index) => -1 - index);
  for (const [label, { members }] of clusters.entries()) for (const member of members) labels[member] = label;
  expect(adjustedRandIndex(made.topics, labels)).toBeGreaterThan(0.8);
  expect(noise.length).toBeLessThan(40);
});

test('few texts in place and many on a thread have the same vectors', async () => {
  const embedder = createLocalEmbedder();
  const many = await embedAll(embedder, texts);
  const few = await embedAll(embedder, texts.slice(0, 10));
  expect(many.map(({ index }) => index)).toEqual(texts.map((_, index) => index));
  expect(few).toEqual(many.slice(0, 10));
});

test('a text without words is an outcome among the others', async () => {
  const outcomes = await embedAll(createLocalEmbedder(), ['fox', '', 'snow', '?!']);
  expect(outcomes.map((outcome) => ('error' in outcome ? outcome.error.code : 'vector'))).toEqual([
    'vector',
    'empty-text',
    'vector',
    'empty-text',
  ]);
  expect(await embedAll(createLocalEmbedder(), [])).toEqual([]);
});

test('the model name changes with the rarity, and only with it', async () => {
  const [first, same, other] = await Promise.all(
    [texts, texts, texts.slice(1)].map(
      async (some) => createLocalEmbedder({ rarity: await measureRarity(some) }).model,
    ),
  );
  expect(createLocalEmbedder().model).toBe('local-1');
  expect(first).toMatch(/^local-1-[0-9a-f]{12}$/);
  expect(same).toBe(first);
  expect(other).not.toBe(first);
});

test('texts may come one by one to be measured', async () => {
  async function* oneByOne() {
    yield* texts;
  }
  expect((await measureRarity(oneByOne())).fingerprint()).toBe((await measureRarity(texts)).fingerprint());
  expect((await measureRarity([])).texts).toBe(0);
  expect((await measureRarity(['fox', 'snow', 'sea'])).texts).toBe(3);
  expect((await measureRarity(texts)).texts).toBe(800);
});

test('an abort ends the embedding with its reason, what was yielded stays', async () => {
  const controller = new AbortController();
  const many = Array.from({ length: 5_000 }, (_, index) => texts[index % texts.length] ?? '');
  let got = 0;
  const run = async () => {
    for await (const some of createLocalEmbedder().embed(many, { signal: controller.signal })) {
      got += some.length;
      controller.abort(new Error('enough'));
    }
  };
  await expect(run()).rejects.toThrow('enough');
  expect(got).toBeGreaterThan(0);
  expect(got).toBeLessThan(5_000);
});

test('an abort ends the thread at once, before it has answered', async () => {
  const controller = new AbortController();
  const embedding = createLocalEmbedder().embed(texts, { signal: controller.signal });
  const first = embedding[Symbol.asyncIterator]().next();
  controller.abort(new Error('enough'));
  await expect(first).rejects.toThrow('enough');
});

test('an aborted signal measures nothing', async () => {
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(measureRarity(texts, { signal })).rejects.toThrow('too late');
});
