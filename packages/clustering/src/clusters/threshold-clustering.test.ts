import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeVectors } from '../../test/helpers/made-vectors.ts';
import { VectorSet } from '../vectors/vector-set.ts';
import type { Clustering } from './clustering.ts';
import { thresholdClustering, type ThresholdParameters } from './threshold-clustering.ts';

const defaults: ThresholdParameters = {
  threshold: 0.9,
  minClusterSize: 2,
  assignNoiseThreshold: 0.92,
};

function cluster(
  vectors: readonly ArrayLike<number>[],
  parameters: Partial<ThresholdParameters> = {},
): Clustering {
  return thresholdClustering(VectorSet.of(vectors).parts(), { ...defaults, ...parameters }, () => {});
}

/** A plane's direction at that many degrees. */
const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

const membersOf = (clustering: Clustering) =>
  clustering.clusters.map(({ members }) => [...members].sort((a, b) => a - b));

test('directions near each other are together, the largest cluster first, the lonely one in noise', () => {
  const clustering = cluster([at(0), at(90), at(5), at(200), at(92), at(2)]);
  expect(membersOf(clustering)).toEqual([
    [0, 2, 5],
    [1, 4],
  ]);
  expect(clustering.noise).toEqual([3]);
});

test('members are listed from the most typical on, and cohesion is their mean cosine with the centroid', () => {
  const [found] = cluster([at(0), at(10), at(20)]).clusters;
  expect(found?.members[0]).toBe(1);
  expect(found?.cohesion).toBeCloseTo((1 + 2 * Math.cos((10 * Math.PI) / 180)) / 3, 5);
  expect(found?.centroid[0]).toBeCloseTo(Math.cos((10 * Math.PI) / 180), 5);
});

test('no member is further from its centroid than the threshold', () => {
  const { vectors } = madeVectors({ count: 400, topics: 12, alone: 0.1, likeness: 0.9, dimension: 64 });
  const { clusters } = cluster(vectors, { threshold: 0.8, assignNoiseThreshold: 0.88 });
  expect(clusters.length).toBeGreaterThan(0);
  for (const { members, centroid } of clusters) {
    for (const member of members) {
      const cosine = (vectors[member] ?? new Float32Array()).reduce(
        (sum, part, index) => sum + part * (centroid[index] ?? 0),
        0,
      );
      expect(cosine).toBeGreaterThan(0.8 - 1e-3);
    }
  }
});

test('known topics are found again exactly, and what belongs to none is noise', () => {
  const { vectors, topics } = madeVectors({ count: 1_000, topics: 25, alone: 0.1 });
  const { clusters, noise } = cluster(vectors, { threshold: 0.85 });
  expect(clusters.length).toBe(25);
  for (const { members } of clusters) expect(new Set(members.map((member) => topics[member])).size).toBe(1);
  expect(noise).toEqual(topics.flatMap((topic, index) => (topic === -1 ? [index] : [])));
});

test('clusters below the least size are dissolved, and their members join a cluster that is near enough', () => {
  const vectors = [at(0), at(1), at(2), at(40), at(41)];
  expect(membersOf(cluster(vectors, { minClusterSize: 3 }))).toEqual([[0, 1, 2]]);
  expect(cluster(vectors, { minClusterSize: 3 }).noise).toEqual([3, 4]);
  const assigned = cluster(vectors, {
    minClusterSize: 3,
    assignNoiseThreshold: Math.cos((39.5 * Math.PI) / 180),
  });
  expect(membersOf(assigned)).toEqual([[0, 1, 2, 3]]);
  expect(assigned.noise).toEqual([4]);
});

test('a topic that comes in many small steps is one cluster', () => {
  const vectors = [0, 4, 8, 12, 16, 20, 24, 28, 30].map(at);
  expect(membersOf(cluster(vectors, { threshold: Math.cos((20 * Math.PI) / 180) }))).toEqual([
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
  ]);
});

test('rows in the middle of two topics do not make them one', () => {
  const vectors = [0, 1, 2, 3, 40, 80, 81, 82, 83].map(at);
  expect(membersOf(cluster(vectors, { threshold: Math.cos((20 * Math.PI) / 180) }))).toEqual([
    [5, 6, 7, 8],
    [0, 1, 2, 3],
  ]);
});

test('nothing clusters to nothing, one image is noise, or a cluster where one is enough', () => {
  expect(thresholdClustering(new VectorSet(3).parts(), defaults, () => {})).toEqual({
    clusters: [],
    noise: [],
  });
  expect(cluster([at(0)])).toEqual({ clusters: [], noise: [0] });
  expect(membersOf(cluster([at(0)], { minClusterSize: 1 }))).toEqual([[0]]);
});

test('images that are all alike are one cluster', () => {
  const clustering = cluster(Array.from({ length: 300 }, () => at(33)));
  expect(membersOf(clustering)).toEqual([Array.from({ length: 300 }, (_, index) => index)]);
  expect(clustering.clusters[0]?.cohesion).toBeCloseTo(1, 5);
  // Rounding never makes it more than the most that a cosine can be.
  for (let degrees = 0; degrees < 90; degrees++) {
    const [alike] = cluster(Array.from({ length: 3 }, () => at(degrees))).clusters;
    expect(alike?.cohesion).toBeLessThanOrEqual(1);
  }
});

test('opposite directions of one cluster size do not share a cluster', () => {
  expect(membersOf(cluster([at(0), at(180), at(1), at(181)]))).toEqual([
    [1, 3],
    [0, 2],
  ]);
});

test('many images are clustered by samples: topics too small for the first sample are found, order changes nothing', () => {
  const many = madeVectors({ count: 6_000, topics: 40, alone: 0.05, dimension: 96 });
  // Two topics of five among six thousand: a sample of a third sees two of each at best.
  const rare = madeVectors({ count: 10, topics: 2, dimension: 96, seed: 99 });
  const vectors = [...many.vectors, ...rare.vectors];
  const topics = [...many.topics, ...rare.topics.map((topic) => 100 + topic)];
  const found = cluster(vectors, { threshold: 0.85 });
  expect(found.clusters.length).toBe(42);
  for (const { members } of found.clusters)
    expect(new Set(members.map((member) => topics[member])).size).toBe(1);
  expect(found.noise).toEqual(topics.flatMap((topic, index) => (topic === -1 ? [index] : [])));
  const reversed = cluster([...vectors].reverse(), { threshold: 0.85 });
  const back = (members: readonly number[]) =>
    members.map((member) => vectors.length - 1 - member).sort((a, b) => a - b);
  expect(reversed.clusters.map(({ members }) => back(members))).toEqual(membersOf(found));
});

const anyVectors = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -12, max: 12 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((picks) => picks.map(([topic, offset]) => at(topic * 60 + offset)));

test('every image is in exactly one cluster or in noise', () => {
  fc.assert(
    fc.property(anyVectors, fc.integer({ min: 1, max: 5 }), (vectors, minClusterSize) => {
      const { clusters, noise } = cluster(vectors, { minClusterSize });
      const all = [...clusters.flatMap(({ members }) => members), ...noise].sort((a, b) => a - b);
      expect(all).toEqual(vectors.map((_, index) => index));
      expect(clusters.every(({ members }) => members.length >= minClusterSize)).toBe(true);
    }),
  );
});

test('the order of the images changes nothing', () => {
  const shuffled = anyVectors.chain((vectors) =>
    fc.tuple(
      fc.constant(vectors),
      fc.shuffledSubarray(
        vectors.map((_, index) => index),
        { minLength: vectors.length },
      ),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([vectors, order]) => {
      const plain = cluster(vectors);
      const permuted = cluster(order.map((index) => vectors[index] ?? []));
      const back = (members: readonly number[]) =>
        members.map((member) => order[member] ?? -1).sort((a, b) => a - b);
      expect(permuted.clusters.map(({ members }) => back(members))).toEqual(membersOf(plain));
      expect(back(permuted.noise)).toEqual(plain.noise);
    }),
  );
});

test('equal vectors always share a cluster', () => {
  fc.assert(
    fc.property(anyVectors, (vectors) => {
      const { clusters, noise } = cluster([...vectors, ...vectors]);
      const placeOf = new Map<number, number>(noise.map((index) => [index, -1]));
      for (const [place, { members }] of clusters.entries())
        for (const member of members) placeOf.set(member, place);
      for (let index = 0; index < vectors.length; index++) {
        expect(placeOf.get(index)).toBe(placeOf.get(index + vectors.length));
        expect(placeOf.get(index)).not.toBe(-1);
      }
    }),
  );
});

test('progress rises from 0 to 1', () => {
  const { vectors } = madeVectors({ count: 300, topics: 5, alone: 0.2 });
  const seen: number[] = [];
  thresholdClustering(VectorSet.of(vectors).parts(), defaults, (progress) => seen.push(progress));
  expect(seen.length).toBeGreaterThan(3);
  expect(seen.every((progress, index) => progress >= (seen[index - 1] ?? 0) && progress <= 1)).toBe(true);
});
