/** Groups images by what their prompts say. */
export type GroupImages = (request: GroupingRequest, run: GroupingRun) => Promise<Grouping>;

export interface GroupingRequest {
  /** Absolute. */
  readonly folders: readonly string[];
  readonly recursive: boolean;
  readonly threshold: number;
  readonly minClusterSize: number;
  /** Of the titles. */
  readonly lang: string;
}

export interface GroupingRun {
  readonly signal: AbortSignal;
  readonly report: (progress: GroupingProgress) => void;
}

export interface GroupingProgress {
  readonly stage: string;
  /** 0 to 1. */
  readonly progress: number;
  readonly embeddedDone: number;
  readonly toEmbed: number;
  readonly clustersDone: number;
  readonly clustersTotal: number;
}

export interface Grouping {
  readonly clusters: readonly ImageCluster[];
}

export interface ImageCluster {
  readonly id: string;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly paths: readonly string[];
}
