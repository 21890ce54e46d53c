import type { ClusteringError } from '../clustering-error.ts';

/** A cluster as the graph shows it. */
export interface GraphCluster {
  /** Such as `topic_1`. */
  readonly id: string;
  readonly title: string;
  readonly keywords: readonly string[];
  /** How many images it has. */
  readonly size: number;
}

export interface GraphNode {
  /** `cluster_<id>`, `tag_<word>`, `abstract_l1_<number>` or `abstract_l2_<number>`. */
  readonly id: string;
  readonly label: string;
  /** How many images are behind it. */
  readonly size: number;
  readonly metadata: {
    readonly type: 'cluster' | 'tag' | 'abstract';
    readonly image_count: number;
    /** Of a cluster: its id. */
    readonly cluster_id?: string;
    /** Of a tag or an abstraction: how many clusters are behind it. */
    readonly cluster_count?: number;
  };
}

export interface GraphLayer {
  /** 0 clusters, 1 tags, 2 and 3 abstractions. */
  readonly level: number;
  readonly name: string;
  /** Largest first. */
  readonly nodes: readonly GraphNode[];
}

/** From a node to one of the next layer; `weight` is how many images they share. */
export interface GraphLink {
  readonly source: string;
  readonly target: string;
  readonly weight: number;
}

/** Clusters, the tags they share, and what stands above the tags. */
export interface TagGraph {
  readonly layers: readonly GraphLayer[];
  readonly links: readonly GraphLink[];
  readonly stats: {
    readonly clusters: number;
    readonly tags: number;
    readonly abstractions: number;
    readonly links: number;
    readonly images: number;
    /** Who found the abstractions. */
    readonly abstracted_by: 'model' | 'local';
  };
  /** Why the abstractions are not the model's although there is one. */
  readonly error?: ClusteringError;
}

/** A word to be put under a more general one. */
export interface GraphTerm {
  readonly label: string;
  /** The clusters that have it, by their place. */
  readonly clusters: ReadonlySet<number>;
}

/** A more general word and the terms under it. */
export interface Abstraction {
  readonly label: string;
  readonly terms: readonly string[];
}

/** Finds more general words for tags; a chat model stands behind it. */
export interface Abstractor {
  readonly provider: string;
  readonly model: string;
  /** Throws a ClusteringError where it cannot, or the signal's reason. Terms it leaves out stand for themselves. */
  abstract(
    terms: readonly string[],
    options: { readonly lang: string; readonly signal?: AbortSignal },
  ): Promise<readonly Abstraction[]>;
}
