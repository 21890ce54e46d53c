import type { FileState } from '../files/plan/plan-relocations.ts';

/** What is asked for; all paths are absolute and allowed. */
export interface OrganizeRequest {
  readonly folders: readonly string[];
  readonly destFolder: string;
  readonly threshold: number;
  readonly minClusterSize: number;
  readonly lang: string;
  readonly recursive: boolean;
  readonly folderNaming: 'title' | 'keywords' | 'id';
  readonly maxFolderNameLength: number;
  readonly action: 'move' | 'copy';
  readonly handleNoise: 'skip' | 'unsorted' | 'leave';
  readonly noiseFolderName: string;
}

/** An image and where it would go; to its own path when it stays. */
export interface PlannedFile extends FileState {
  readonly from: string;
  readonly to: string;
}

export interface PlannedCluster {
  readonly id: string;
  /** Empty where the files stay. */
  readonly folderName: string;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly files: readonly PlannedFile[];
}

export interface OrganizeError {
  readonly src: string;
  readonly dest?: string;
  readonly error: string;
}

/** Each file of the scope is once in a cluster, in noise or in errors. */
export interface OrganizePlan {
  readonly clusters: readonly PlannedCluster[];
  readonly noise: PlannedCluster;
  readonly errors: readonly OrganizeError[];
}

/** The cluster id of what is like nothing else. */
export const NOISE_ID = '__noise__';
