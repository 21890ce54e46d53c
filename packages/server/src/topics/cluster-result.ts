import type { EmbedderName } from './embedding-source.ts';

/** Images with similar prompts. */
export interface TopicCluster {
  /** `topic_1`, `topic_2`, ... */
  readonly id: string;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly size: number;
  /** The most typical first. */
  readonly paths: readonly string[];
  /** The prompt of the most typical, as it was embedded. */
  readonly samplePrompt: string;
}

/** A clustering: every image is in exactly one cluster or in `noise`. */
export interface ClusterResult {
  /** The first of `folders`. */
  readonly folder: string;
  readonly folders: readonly string[];
  /** Images in clusters and noise together. */
  readonly count: number;
  readonly threshold: number;
  readonly minClusterSize: number;
  readonly assignNoiseThreshold: number | null;
  readonly lang: string;
  readonly embedder: EmbedderName;
  /** Model of the vectors. */
  readonly model: string;
  /** Model of the titles; `local` for none. */
  readonly titleModel: string;
  /** How texts were prepared. */
  readonly textVersion: string;
  /** Largest first. */
  readonly clusters: readonly TopicCluster[];
  readonly noise: readonly string[];
  /** Images without a vector because the model failed just now; they are in `noise`. */
  readonly failed: number;
  /** Images whose prompt the model refused before; they are in `noise`. */
  readonly skippedFailed: number;
  /** Why the first of them failed, or why there is nothing to cluster. */
  readonly failure: string | null;
  /** Why titles are not the model's although there is one. */
  readonly titleFailure: string | null;
  /** Names this result for the tag graph. */
  readonly cacheKey: string;
  /** Names the run that made it. */
  readonly runId: string;
  /** Whether it was made before and still holds. */
  readonly cacheHit: boolean;
}
