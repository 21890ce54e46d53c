import { expect, test } from 'vitest';
import { ClusteringError } from '../clustering-error.ts';
import { buildTagGraph } from './build-tag-graph.ts';
import { subsumingTerms } from './subsuming-terms.ts';
import type { Abstraction, Abstractor, GraphCluster } from './tag-graph.ts';

const clusters: GraphCluster[] = [
  { id: 'topic_1', title: 'Foxes', keywords: ['animal', 'fox', 'snow'], size: 10 },
  { id: 'topic_2', title: 'Wolves', keywords: ['animal', 'wolf'], size: 30 },
  { id: 'topic_3', title: 'Ships', keywords: ['sea', 'ship'], size: 5 },
];

function abstractorOf(
  ...answers: (readonly Abstraction[] | ClusteringError)[]
): Abstractor & { asked: string[][] } {
  const asked: string[][] = [];
  return {
    provider: 'stand-in',
    model: 'm',
    asked,
    async abstract(terms) {
      asked.push([...terms]);
      const answer = answers[asked.length - 1] ?? [];
      if (answer instanceof ClusteringError) throw answer;
      return answer;
    },
  };
}

test('clusters and tags are layers, linked by how many images they share', async () => {
  const { layers, links, stats } = await buildTagGraph(clusters);
  expect(layers[0]).toEqual({
    level: 0,
    name: 'Clusters',
    nodes: [
      {
        id: 'cluster_topic_2',
        label: 'Wolves',
        size: 30,
        metadata: { type: 'cluster', image_count: 30, cluster_id: 'topic_2' },
      },
      {
        id: 'cluster_topic_1',
        label: 'Foxes',
        size: 10,
        metadata: { type: 'cluster', image_count: 10, cluster_id: 'topic_1' },
      },
      {
        id: 'cluster_topic_3',
        label: 'Ships',
        size: 5,
        metadata: { type: 'cluster', image_count: 5, cluster_id: 'topic_3' },
      },
    ],
  });
  expect(layers[1]?.nodes.map(({ id, size, metadata }) => [id, size, metadata.cluster_count])).toEqual([
    ['tag_animal', 40, 2],
    ['tag_wolf', 30, 1],
    ['tag_fox', 10, 1],
    ['tag_snow', 10, 1],
    ['tag_sea', 5, 1],
    ['tag_ship', 5, 1],
  ]);
  expect(links.filter(({ target }) => target === 'tag_animal')).toEqual([
    { source: 'cluster_topic_1', target: 'tag_animal', weight: 10 },
    { source: 'cluster_topic_2', target: 'tag_animal', weight: 30 },
  ]);
  expect(stats).toEqual({
    clusters: 3,
    tags: 6,
    abstractions: 1,
    links: 10,
    images: 45,
    abstracted_by: 'local',
  });
});

test('locally a tag stands above those that only occur where it does', async () => {
  const { layers, links } = await buildTagGraph(clusters);
  expect(layers.slice(2)).toEqual([
    {
      level: 2,
      name: 'Abstract-1',
      nodes: [
        {
          id: 'abstract_l1_1',
          label: 'animal',
          size: 40,
          metadata: { type: 'abstract', image_count: 40, cluster_count: 2 },
        },
      ],
    },
  ]);
  expect(links.filter(({ target }) => target === 'abstract_l1_1')).toEqual([
    { source: 'tag_fox', target: 'abstract_l1_1', weight: 10 },
    { source: 'tag_snow', target: 'abstract_l1_1', weight: 10 },
    { source: 'tag_wolf', target: 'abstract_l1_1', weight: 30 },
  ]);
});

test('of several tags above one the most specific counts, and less than four fifths is not above', () => {
  const term = (label: string, ...places: number[]) => ({ label, clusters: new Set(places) });
  const terms = [
    term('thing', 1, 2, 3, 4, 5, 6, 7),
    term('animal', 1, 2, 3),
    term('fox', 1),
    term('wolf', 2),
    term('stone', 4, 5),
    term('mixed', 3, 7),
  ];
  expect(subsumingTerms(terms)).toEqual([
    { label: 'thing', terms: ['animal', 'stone', 'mixed'] },
    { label: 'animal', terms: ['fox', 'wolf'] },
  ]);
});

test('a model is asked for two layers; what it invents or says twice is left out', async () => {
  const abstractor = abstractorOf(
    [
      { label: 'Beasts', terms: ['fox', 'wolf', 'animal', 'unicorn'] },
      { label: 'Water', terms: ['sea', 'ship', 'fox'] },
      { label: 'Nothing', terms: ['none of them'] },
      { label: 'Weather', terms: ['snow'] },
      { label: 'Beasts', terms: ['wolf'] },
    ],
    [],
  );
  const { layers, links, stats } = await buildTagGraph(clusters, { abstractor });
  expect(abstractor.asked).toEqual([['animal', 'fox', 'snow', 'wolf', 'sea', 'ship']]);
  expect(layers[2]?.nodes.map(({ label, size }) => [label, size])).toEqual([
    ['Beasts', 40],
    ['Weather', 10],
    ['Water', 5],
  ]);
  expect(links.filter(({ target }) => target === 'abstract_l1_2').map(({ source }) => source)).toEqual([
    'tag_sea',
    'tag_ship',
  ]);
  expect(stats.abstracted_by).toBe('model');
});

test('four abstractions or more get a layer above them', async () => {
  const first = ['fox', 'wolf', 'sea', 'ship'].map((term) => ({ label: `about ${term}`, terms: [term] }));
  const abstractor = abstractorOf(first, [{ label: 'all', terms: first.map(({ label }) => label) }]);
  const { layers, links } = await buildTagGraph(clusters, { abstractor });
  expect(layers[3]?.nodes).toEqual([
    {
      id: 'abstract_l2_1',
      label: 'all',
      size: 45,
      metadata: { type: 'abstract', image_count: 45, cluster_count: 3 },
    },
  ]);
  expect(links.filter(({ target }) => target === 'abstract_l2_1').length).toBe(4);
});

test('where the model fails the local way stands in, with the reason', async () => {
  const error = new ClusteringError('timeout', 'too slow');
  const graph = await buildTagGraph(clusters, { abstractor: abstractorOf(error) });
  expect(graph.error).toBe(error);
  expect(graph.stats.abstracted_by).toBe('local');
  expect(graph.layers[2]?.nodes[0]?.label).toBe('animal');
});

test('every link joins nodes of neighbouring layers', async () => {
  const { layers, links } = await buildTagGraph(clusters);
  const levelOf = new Map(layers.flatMap(({ level, nodes }) => nodes.map(({ id }) => [id, level] as const)));
  // Seven of clusters with their tags, three of tags with what is above them.
  expect(links.length).toBe(10);
  for (const { source, target } of links)
    expect((levelOf.get(target) ?? -9) - (levelOf.get(source) ?? 9)).toBe(1);
});

test('no clusters make an empty graph, and few tags ask no model', async () => {
  const abstractor = abstractorOf();
  expect((await buildTagGraph([], { abstractor })).stats).toMatchObject({ clusters: 0, tags: 0, links: 0 });
  await buildTagGraph(clusters.slice(0, 1), { abstractor });
  expect(abstractor.asked).toEqual([]);
});

test('an abort while the model is asked rejects with its reason', async () => {
  const controller = new AbortController();
  const abstractor: Abstractor = {
    provider: 'x',
    model: 'x',
    abstract: async () => {
      controller.abort(new Error('enough'));
      throw new ClusteringError('timeout', 'x');
    },
  };
  await expect(buildTagGraph(clusters, { abstractor, signal: controller.signal })).rejects.toThrow('enough');
});
