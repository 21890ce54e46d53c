import { expect, test } from 'vitest';

import type { ClusterResult } from './cluster-result.ts';
import { fromStored, toStored } from './stored-clustering.ts';

const result: ClusterResult = {
  folder: '/a',
  folders: ['/a', '/b'],
  threshold: 0.85,
  minClusterSize: 3,
  assignNoiseThreshold: null,
  lang: 'en',
  embedder: 'local',
  model: 'local-1',
  titleModel: 'local',
  textVersion: 'prompt-1-balanced-4000',
  cacheKey: 'k',
  runId: 'r',
  count: 3,
  clusters: [
    { id: 'topic_1', title: 'Fox', keywords: ['fox'], size: 2, paths: ['/a/1', '/a/2'], samplePrompt: 'fox' },
  ],
  noise: ['/a/3'],
  failed: 1,
  skippedFailed: 2,
  failure: 'overloaded',
  titleFailure: 'too late',
  cacheHit: false,
};

test('a result is read as it was stored', () => {
  expect(fromStored(JSON.parse(JSON.stringify(toStored(result))), 'earlier')).toEqual(result);
});

test('a result that an earlier version stored in the names of the API is read', () => {
  const version1 = {
    folder: '/a',
    folders: ['/a', '/b'],
    threshold: 0.85,
    min_cluster_size: 3,
    assign_noise_threshold: null,
    lang: 'en',
    embedder: 'local',
    model: 'local-1',
    title_model: 'local',
    text_version: 'prompt-1-balanced-4000',
    cache_key: 'k',
    count: 3,
    clusters: [
      {
        id: 'topic_1',
        title: 'Fox',
        keywords: ['fox'],
        size: 2,
        paths: ['/a/1', '/a/2'],
        sample_prompt: 'fox',
      },
    ],
    noise: ['/a/3'],
    failed: 1,
    skipped_failed: 2,
    failure: 'overloaded',
    title_failure: 'too late',
    cache_hit: false,
  };
  expect(fromStored(version1, 'earlier')).toEqual({ ...result, runId: 'earlier' });
});

test.each([undefined, null, 'text', {}, { version: 3, folder: '/a' }])('%j is no result', (stored) => {
  expect(fromStored(stored, 'earlier')).toBe(undefined);
});
