import { clusterByKmeans, clusterByThreshold, VectorSet } from '@iib-kit/clustering';
import { expect, test } from 'vitest';
import { madeVectors } from './helpers/made-vectors.ts';

const { vectors, topics } = madeVectors({ count: 500, topics: 10, alone: 0.05 });

test('clusters by threshold on a thread, with rising progress that ends at 1', async () => {
  const seen: number[] = [];
  const { clusters, noise } = await clusterByThreshold(VectorSet.of(vectors), {
    threshold: 0.85,
    onProgress: (progress) => seen.push(progress),
  });
  expect(clusters.length).toBe(10);
  expect(noise).toEqual(topics.flatMap((topic, index) => (topic === -1 ? [index] : [])));
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('clusters by k-means on a thread', async () => {
  const { clusters } = await clusterByKmeans(VectorSet.of(vectors), { k: 3, minClusterSize: 1 });
  expect(clusters.length).toBe(3);
  expect(clusters.reduce((sum, { members }) => sum + members.length, 0)).toBe(500);
});

test('an abort ends the work at once with the reason of the signal', async () => {
  const many = VectorSet.of(madeVectors({ count: 9_000, topics: 0, dimension: 512 }).vectors);
  const controller = new AbortController();
  let steps = 0;
  const onProgress = () => {
    steps += 1;
    controller.abort(new Error('changed my mind'));
  };
  const running = clusterByThreshold(many, { threshold: 0.99, signal: controller.signal, onProgress });
  await expect(running).rejects.toThrow('changed my mind');
  expect(steps).toBe(1);
});

test('an aborted signal starts nothing', async () => {
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(clusterByKmeans(VectorSet.of(vectors), { signal })).rejects.toThrow('too late');
});

test('a set that grows while it is clustered is clustered as it was', async () => {
  const set = VectorSet.of(vectors);
  const running = clusterByThreshold(set, { threshold: 0.85 });
  for (let index = 0; index < 600; index++) set.add(vectors[0] ?? []);
  const { clusters, noise } = await running;
  expect(clusters.reduce((sum, { members }) => sum + members.length, noise.length)).toBe(500);
});

test.each([
  ['threshold', { threshold: 0 }],
  ['threshold', { threshold: 1.01 }],
  ['threshold', { threshold: Number.NaN }],
  ['assignNoiseThreshold', { assignNoiseThreshold: -1 }],
  ['minClusterSize', { minClusterSize: 0 }],
])('%s is checked by name: %o', async (option, options) => {
  await expect(clusterByThreshold(VectorSet.of(vectors), options)).rejects.toThrow(
    new RegExp(`^${option} must be`),
  );
});

test.each([
  ['k', { k: 0 }],
  ['seed', { seed: 0.5 }],
])('%s is checked by name: %o', async (option, options) => {
  await expect(clusterByKmeans(VectorSet.of(vectors), options)).rejects.toThrow(
    new RegExp(`^${option} must be`),
  );
});
