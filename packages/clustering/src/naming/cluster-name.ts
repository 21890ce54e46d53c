/** What a cluster is called. */
export interface ClusterName {
  readonly title: string;
  /** The most telling first. */
  readonly keywords: readonly string[];
}

/** What a namer is told of one cluster. */
export interface NameRequest {
  /** Prepared prompts of the cluster, the most typical first. */
  readonly samples: readonly string[];
  /** The terms that set the cluster apart from the others, the most telling first. */
  readonly terms: readonly string[];
  /** The language to answer in, as a BCP 47 tag such as `en` or `zh-CN`. */
  readonly lang: string;
  /** Keywords that other clusters have: used again where they fit, so that clusters can share them. */
  readonly knownKeywords: readonly string[];
}

/** Names clusters; a chat model stands behind it. */
export interface Namer {
  /** Who names, such as `openai`. */
  readonly provider: string;
  /** Which model; part of the key under which names are kept. */
  readonly model: string;
  /** Throws a ClusteringError where it cannot name the cluster, or the signal's reason. */
  name(request: NameRequest, options?: { readonly signal?: AbortSignal }): Promise<ClusterName>;
}
