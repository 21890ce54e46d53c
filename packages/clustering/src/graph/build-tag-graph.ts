import type { ClusteringError } from '../clustering-error.ts';
import { findAbstractions } from './find-abstractions.ts';
import { abstractLayer, clusterLayer, tagLayer, tagLinks, type PlacedTerm } from './graph-layers.ts';
import type { Abstraction, Abstractor, GraphCluster, GraphLayer, GraphLink, TagGraph } from './tag-graph.ts';

// With fewer there is nothing to put together.
const fewestTerms = 4;
const abstractLayers = 2;

export interface TagGraphOptions {
  /** Asked for more general words. Default: none, they are found by where the tags occur together. */
  readonly abstractor?: Abstractor;
  /** The language of the model's words, a BCP 47 tag. Default `en`. */
  readonly lang?: string;
  /** Ends the asking; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Layers of clusters, their keywords as tags, and up to two layers of what stands above the tags. */
export async function buildTagGraph(
  clusters: readonly GraphCluster[],
  options: TagGraphOptions = {},
): Promise<TagGraph> {
  const { lang = 'en', signal } = options;
  signal?.throwIfAborted();
  const tags = tagsOf(clusters);
  const layers: GraphLayer[] = [clusterLayer(clusters), tagLayer(tags)];
  const links: GraphLink[] = tagLinks(clusters, tags);
  let abstractor = options.abstractor;
  let error: ClusteringError | undefined;
  let below: readonly PlacedTerm[] = tags;
  for (let layer = 1; layer <= abstractLayers && below.length >= fewestTerms; layer++) {
    const found = await findAbstractions(below, abstractor, { lang, signal });
    // A model that failed once is not waited for again.
    if (found.error) [error, abstractor] = [found.error, undefined];
    const above = found.abstractions.map((abstraction, place) =>
      placeAbove(abstraction, below, { id: `abstract_l${layer}_${place + 1}`, clusters }),
    );
    if (above.length === 0) break;
    layers.push(abstractLayer(layer, above));
    links.push(...linksTo(above, below, found.abstractions));
    below = above;
  }
  return { layers, links, stats: statsOf(clusters, layers, links, abstractor), ...(error && { error }) };
}

function tagsOf(clusters: readonly GraphCluster[]): PlacedTerm[] {
  const found = new Map<string, Set<number>>();
  for (const [place, { keywords }] of clusters.entries()) {
    for (const keyword of keywords) found.set(keyword, (found.get(keyword) ?? new Set()).add(place));
  }
  return Array.from(found, ([label, places]) => ({
    id: `tag_${label}`,
    label,
    clusters: places,
    images: imagesIn(clusters, places),
  }));
}

function placeAbove(
  { label, terms }: Abstraction,
  below: readonly PlacedTerm[],
  { id, clusters }: { id: string; clusters: readonly GraphCluster[] },
): PlacedTerm {
  const wanted = new Set(terms);
  const behind = new Set(
    below.filter((term) => wanted.has(term.label)).flatMap((term) => [...term.clusters]),
  );
  return { id, label, clusters: behind, images: imagesIn(clusters, behind) };
}

function linksTo(
  above: readonly PlacedTerm[],
  below: readonly PlacedTerm[],
  abstractions: readonly Abstraction[],
): GraphLink[] {
  return above.flatMap(({ id }, place) => {
    const wanted = new Set(abstractions[place]?.terms);
    return below
      .filter((term) => wanted.has(term.label))
      .map((term) => ({ source: term.id, target: id, weight: term.images }));
  });
}

function statsOf(
  clusters: readonly GraphCluster[],
  layers: readonly GraphLayer[],
  links: readonly GraphLink[],
  abstractor: Abstractor | undefined,
): TagGraph['stats'] {
  const abstractions = layers.slice(2).reduce((sum, { nodes }) => sum + nodes.length, 0);
  return {
    clusters: clusters.length,
    tags: layers[1]?.nodes.length ?? 0,
    abstractions,
    links: links.length,
    images: clusters.reduce((sum, { size }) => sum + size, 0),
    abstracted_by: abstractor ? 'model' : 'local',
  };
}

function imagesIn(clusters: readonly GraphCluster[], places: ReadonlySet<number>): number {
  let images = 0;
  for (const place of places) images += clusters[place]?.size ?? 0;
  return images;
}
