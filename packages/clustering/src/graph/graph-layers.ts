import type { GraphCluster, GraphLayer, GraphLink, GraphNode, GraphTerm } from './tag-graph.ts';

/** A tag or an abstraction with its place in the graph. */
export interface PlacedTerm extends GraphTerm {
  readonly id: string;
  /** How many images are in its clusters. */
  readonly images: number;
}

const clusterNodeId = (id: string): string => `cluster_${id}`;

export function clusterLayer(clusters: readonly GraphCluster[]): GraphLayer {
  const nodes = clusters.map(({ id, title, size }) => ({
    id: clusterNodeId(id),
    label: title,
    size,
    metadata: { type: 'cluster' as const, image_count: size, cluster_id: id },
  }));
  return { level: 0, name: 'Clusters', nodes: largestFirst(nodes) };
}

export function tagLayer(tags: readonly PlacedTerm[]): GraphLayer {
  return { level: 1, name: 'Tags', nodes: largestFirst(tags.map((tag) => termNode(tag, 'tag'))) };
}

/** The first layer of abstractions is layer 2 of the graph. */
export function abstractLayer(layer: number, terms: readonly PlacedTerm[]): GraphLayer {
  const nodes = terms.map((term) => termNode(term, 'abstract'));
  return { level: layer + 1, name: `Abstract-${layer}`, nodes: largestFirst(nodes) };
}

/** From each cluster to its tags. */
export function tagLinks(clusters: readonly GraphCluster[], tags: readonly PlacedTerm[]): GraphLink[] {
  return tags.flatMap((tag) =>
    Array.from(tag.clusters, (place) => ({
      source: clusterNodeId(clusters[place]?.id ?? ''),
      target: tag.id,
      weight: clusters[place]?.size ?? 0,
    })),
  );
}

function termNode({ id, label, images, clusters }: PlacedTerm, type: 'tag' | 'abstract'): GraphNode {
  return { id, label, size: images, metadata: { type, image_count: images, cluster_count: clusters.size } };
}

function largestFirst(nodes: readonly GraphNode[]): GraphNode[] {
  return [...nodes].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
}
