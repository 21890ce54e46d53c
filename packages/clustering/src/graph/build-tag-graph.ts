import { ClusteringError } from '../clustering-error.ts';
import { subsumingTerms } from './subsuming-terms.ts';
import type {
  Abstraction,
  Abstractor,
  GraphCluster,
  GraphLayer,
  GraphLink,
  GraphNode,
  GraphTerm,
  TagGraph,
} from './tag-graph.ts';

// With fewer there is nothing to put together.
const fewestTerms = 4;
const abstractLayers = 2;
const nodeIdOf = { cluster: 'cluster_', tag: 'tag_' } as const;

export interface TagGraphOptions {
  /** Asked for more general words. Default: none, they are found by where the tags occur together. */
  readonly abstractor?: Abstractor;
  /** The language of the model's words, a BCP 47 tag. Default `en`. */
  readonly lang?: string;
  readonly signal?: AbortSignal;
}

/** Layers of clusters, their keywords as tags, and up to two layers of what stands above the tags. */
export async function buildTagGraph(
  clusters: readonly GraphCluster[],
  options: TagGraphOptions = {},
): Promise<TagGraph> {
  const { abstractor, lang = 'en', signal } = options;
  signal?.throwIfAborted();
  const imagesIn = (members: ReadonlySet<number>) =>
    sum([...members].map((place) => clusters[place]?.size ?? 0));
  const tags = tagsOf(clusters);
  const layers: GraphLayer[] = [clusterLayer(clusters), tagLayer(tags, imagesIn)];
  const links: GraphLink[] = tags.flatMap(({ label, clusters: members }) =>
    Array.from(members, (place) => ({
      source: nodeIdOf.cluster + (clusters[place]?.id ?? ''),
      target: nodeIdOf.tag + label,
      weight: clusters[place]?.size ?? 0,
    })),
  );

  let below = tags.map((term) => ({ term, id: nodeIdOf.tag + term.label }));
  let asked = abstractor;
  let error: ClusteringError | undefined;
  for (let layer = 1; layer <= abstractLayers && below.length >= fewestTerms; layer++) {
    const terms = below.map(({ term }) => term);
    const found = await abstractionsOf(terms, asked, { lang, signal });
    if (found.error) [error, asked] = [found.error, undefined];
    const above = found.abstractions.map(({ label, terms: labels }, place) => {
      const members = below.filter(({ term }) => labels.includes(term.label));
      const behind = new Set(members.flatMap(({ term }) => [...term.clusters]));
      return { id: `abstract_l${layer}_${place + 1}`, term: { label, clusters: behind }, members };
    });
    if (above.length === 0) break;
    layers.push({
      level: layer + 1,
      name: `Abstract-${layer}`,
      nodes: largestFirst(above.map(({ id, term }) => node(id, 'abstract', term, imagesIn))),
    });
    for (const { id, members } of above) {
      links.push(
        ...members.map((member) => ({
          source: member.id,
          target: id,
          weight: imagesIn(member.term.clusters),
        })),
      );
    }
    below = above;
  }
  return {
    layers,
    links,
    stats: {
      clusters: clusters.length,
      tags: tags.length,
      abstractions: sum(layers.slice(2).map(({ nodes }) => nodes.length)),
      links: links.length,
      images: sum(clusters.map(({ size }) => size)),
      abstracted_by: asked ? 'model' : 'local',
    },
    ...(error && { error }),
  };
}

async function abstractionsOf(
  terms: readonly GraphTerm[],
  abstractor: Abstractor | undefined,
  { lang, signal }: { lang: string; signal: AbortSignal | undefined },
): Promise<{ abstractions: Abstraction[]; error?: ClusteringError }> {
  if (abstractor === undefined) return { abstractions: subsumingTerms(terms) };
  try {
    const labels = terms.map(({ label }) => label);
    const answered = await abstractor.abstract(labels, { lang, ...(signal && { signal }) });
    return { abstractions: eachTermOnce(answered, new Set(labels)) };
  } catch (cause) {
    signal?.throwIfAborted();
    if (!(cause instanceof ClusteringError)) throw cause;
    return { abstractions: subsumingTerms(terms), error: cause };
  }
}

/** Leaves out terms that are none of ours or are under another word already, and words that have no terms left. */
function eachTermOnce(abstractions: readonly Abstraction[], known: Set<string>): Abstraction[] {
  const byLabel = new Map<string, string[]>();
  for (const { label, terms } of abstractions) {
    const fresh = terms.filter((term) => known.delete(term));
    byLabel.set(label, [...(byLabel.get(label) ?? []), ...fresh]);
  }
  return Array.from(byLabel, ([label, terms]) => ({ label, terms })).filter(({ terms }) => terms.length > 0);
}

function tagsOf(clusters: readonly GraphCluster[]): GraphTerm[] {
  const found = new Map<string, Set<number>>();
  for (const [place, { keywords }] of clusters.entries()) {
    for (const keyword of keywords) found.set(keyword, (found.get(keyword) ?? new Set()).add(place));
  }
  return Array.from(found, ([label, members]) => ({ label, clusters: members }));
}

function clusterLayer(clusters: readonly GraphCluster[]): GraphLayer {
  const nodes = clusters.map(({ id, title, size }) => ({
    id: nodeIdOf.cluster + id,
    label: title,
    size,
    metadata: { type: 'cluster' as const, image_count: size, cluster_id: id },
  }));
  return { level: 0, name: 'Clusters', nodes: largestFirst(nodes) };
}

function tagLayer(
  tags: readonly GraphTerm[],
  imagesIn: (members: ReadonlySet<number>) => number,
): GraphLayer {
  const nodes = tags.map((term) => node(nodeIdOf.tag + term.label, 'tag', term, imagesIn));
  return { level: 1, name: 'Tags', nodes: largestFirst(nodes) };
}

function node(
  id: string,
  type: 'tag' | 'abstract',
  { label, clusters }: GraphTerm,
  imagesIn: (members: ReadonlySet<number>) => number,
): GraphNode {
  const images = imagesIn(clusters);
  return { id, label, size: images, metadata: { type, image_count: images, cluster_count: clusters.size } };
}

function largestFirst(nodes: readonly GraphNode[]): GraphNode[] {
  return [...nodes].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
