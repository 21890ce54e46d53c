export { ClusteringError, clusteringErrorCodes, type ClusteringErrorCode } from './clustering-error.ts';

export {
  preparePrompt,
  promptModes,
  promptVersion,
  type PromptMode,
  type PromptOptions,
} from './prompt-text/prepare-prompt.ts';

export type { Embedder, EmbedOptions, EmbedOutcome } from './embedders/embedder.ts';
export { embedAll, type EmbedAllOptions } from './embedders/embed-all.ts';
export { createLocalEmbedder, type LocalEmbedderOptions } from './embedders/local/local-embedder.ts';
export { localThreshold } from './embedders/local/local-threshold.ts';
export { measureRarity } from './embedders/local/measure-rarity.ts';
export { Rarity } from './embedders/local/rarity.ts';

export { VectorSet, type VectorSetParts } from './vectors/vector-set.ts';

export type { Cluster, Clustering, ClusteringOptions } from './clusters/clustering.ts';
export { clusterByThreshold, type ThresholdOptions } from './clusters/cluster-by-threshold.ts';
export { clusterByKmeans, type KmeansOptions } from './clusters/cluster-by-kmeans.ts';

export type { ClusterName, Namer, NameRequest } from './naming/cluster-name.ts';
export {
  nameClusters,
  nameKey,
  type NameCache,
  type NamedCluster,
  type NameOptions,
} from './naming/name-clusters.ts';

export { buildTagGraph, type TagGraphOptions } from './graph/build-tag-graph.ts';
export type {
  Abstraction,
  Abstractor,
  GraphCluster,
  GraphLayer,
  GraphLink,
  GraphNode,
  TagGraph,
} from './graph/tag-graph.ts';
