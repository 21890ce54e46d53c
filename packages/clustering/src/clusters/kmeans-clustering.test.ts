import { expect, test } from 'vitest';
import { madeVectors } from '../../test/helpers/made-vectors.ts';
import { VectorSet } from '../vectors/vector-set.ts';
import type { Clustering } from './clustering.ts';
import { kmeansClustering, type KmeansParameters } from './kmeans-clustering.ts';

const defaults: KmeansParameters = { k: null, seed: 1, minClusterSize: 2, assignNoiseThreshold: 0.88 };

function cluster(
  vectors: readonly ArrayLike<number>[],
  parameters: Partial<KmeansParameters> = {},
): Clustering {
  return kmeansClustering(VectorSet.of(vectors).parts(), { ...defaults, ...parameters }, () => {});
}

const membersOf = (clustering: Clustering) =>
  clustering.clusters.map(({ members }) => [...members].sort((a, b) => a - b));

const topicsOf = (clustering: Clustering, topics: readonly number[]) =>
  clustering.clusters.map(({ members }) => new Set(members.map((member) => topics[member])).size);

test('with the number of topics given, each topic is a cluster', () => {
  const { vectors, topics } = madeVectors({ count: 300, topics: 6 });
  const found = cluster(vectors, { k: 6 });
  expect(topicsOf(found, topics)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(found.noise).toEqual([]);
});

test('without a number, about as many clusters as topics are chosen', () => {
  const { vectors, topics } = madeVectors({ count: 600, topics: 9, likeness: 0.95 });
  const found = cluster(vectors);
  expect(found.clusters.length).toBeGreaterThanOrEqual(8);
  expect(found.clusters.length).toBeLessThanOrEqual(12);
  expect(Math.max(...topicsOf(found, topics))).toBeLessThanOrEqual(2);
});

test('the same seed gives the same clusters in any order of the images', () => {
  const { vectors } = madeVectors({ count: 200, topics: 0 });
  const reversed = cluster([...vectors].reverse(), { k: 8, seed: 5 });
  const back = reversed.clusters.map(({ members }) =>
    members.map((index) => vectors.length - 1 - index).sort((a, b) => a - b),
  );
  expect(back).toEqual(membersOf(cluster(vectors, { k: 8, seed: 5 })));
  expect(membersOf(cluster(vectors, { k: 8, seed: 6 }))).not.toEqual(back);
});

test('every image is in exactly one cluster or in noise', () => {
  const { vectors } = madeVectors({ count: 150, topics: 4, alone: 0.3 });
  const { clusters, noise } = cluster(vectors, { k: 40, minClusterSize: 4 });
  expect(noise.length).toBeGreaterThan(0);
  expect(clusters.every(({ members }) => members.length >= 4)).toBe(true);
  const all = [...clusters.flatMap(({ members }) => members), ...noise].sort((a, b) => a - b);
  expect(all).toEqual(vectors.map((_, index) => index));
});

test('more clusters than different images are never made', () => {
  const vectors = [
    [1, 0],
    [0, 1],
    [1, 0],
    [0, 1],
    [1, 0],
  ];
  expect(membersOf(cluster(vectors, { k: 4 }))).toEqual([
    [0, 2, 4],
    [1, 3],
  ]);
});

test('nothing, one image and images that are all alike are survived', () => {
  expect(kmeansClustering(new VectorSet(2).parts(), defaults, () => {})).toEqual({ clusters: [], noise: [] });
  expect(cluster([[1, 0]])).toEqual({ clusters: [], noise: [0] });
  expect(membersOf(cluster(Array.from({ length: 20 }, () => [0.3, 0.4])))).toEqual([
    Array.from({ length: 20 }, (_, index) => index),
  ]);
});
