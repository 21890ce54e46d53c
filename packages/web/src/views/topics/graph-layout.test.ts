import { expect, it } from 'vitest';

import type { TagGraph } from '../../library/topics/topics.ts';
import { layOutGraph } from './graph-layout.ts';

const node = (id: string) => ({
  id,
  label: id,
  size: 1,
  metadata: { type: 'tag' as const, image_count: 1 },
});

const graph: TagGraph = {
  layers: [
    { level: 0, name: 'Clusters', nodes: ['c1', 'c2', 'c3'].map(node) },
    { level: 1, name: 'Tags', nodes: ['t1', 't2'].map(node) },
    { level: 2, name: 'Abstractions', nodes: ['a1'].map(node) },
    { level: 3, name: 'Above', nodes: [] },
  ],
  links: [
    { source: 'c1', target: 't1', weight: 4 },
    { source: 'c2', target: 't1', weight: 2 },
    { source: 'c2', target: 't2', weight: 1 },
    { source: 't1', target: 'a1', weight: 6 },
    { source: 'c1', target: 'a1', weight: 9 },
  ],
  stats: {
    clusters: 3,
    tags: 2,
    abstractions: 1,
    links: 5,
    images: 9,
    abstracted_by: 'local',
    failure: null,
    embedder: 'local',
    model: 'local-1',
    topic_cluster_cache_key: 'key',
  },
};
const ids = (layout: ReturnType<typeof layOutGraph>) =>
  layout.columns.map(({ nodes }) => nodes.map(({ id }) => id));

it('puts layers into columns from the most abstract, and lines between neighbours only', () => {
  const layout = layOutGraph(graph, undefined, 10);
  expect(ids(layout)).toEqual([['a1'], ['t1', 't2'], ['c1', 'c2', 'c3']]);
  expect(layout.lines.map(({ key, column, fromRow, toRow }) => ({ key, column, fromRow, toRow }))).toEqual([
    { key: 'c1 t1', column: 1, fromRow: 0, toRow: 0 },
    { key: 'c2 t1', column: 1, fromRow: 0, toRow: 1 },
    { key: 'c2 t2', column: 1, fromRow: 1, toRow: 1 },
    { key: 't1 a1', column: 0, fromRow: 0, toRow: 0 },
  ]);
  expect(layout.lines.map(({ strength }) => strength)).toEqual([4 / 6, 2 / 6, 1 / 6, 1]);
});

it('shows what a chosen node leads to, without what its relatives lead to beside it', () => {
  expect(ids(layOutGraph(graph, 't2', 10))).toEqual([[], ['t2'], ['c2']]);
  expect(ids(layOutGraph(graph, 'c1', 10))).toEqual([['a1'], ['t1'], ['c1']]);
  expect(ids(layOutGraph(graph, 'a1', 10))).toEqual([['a1'], ['t1'], ['c1', 'c2']]);
});

it('says how many nodes there was no room for', () => {
  const layout = layOutGraph(graph, undefined, 2);
  expect(layout.columns.map(({ hidden }) => hidden)).toEqual([0, 0, 1]);
});

it('puts nodes beside what they are linked to', () => {
  const crossed = {
    ...graph,
    links: [
      { source: 'c1', target: 't2', weight: 1 },
      { source: 'c2', target: 't1', weight: 1 },
    ],
  };
  expect(ids(layOutGraph(crossed, undefined, 10))).toEqual([['a1'], ['t2', 't1'], ['c1', 'c2', 'c3']]);
});

it('draws a graph without links', () => {
  expect(layOutGraph({ ...graph, links: [] }, undefined, 10).lines).toEqual([]);
});
