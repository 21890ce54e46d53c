import type { CallOptions, ScopeOptions } from './call-options.ts';
import type { Tag } from './tags.ts';

export interface BasicInfo {
  readonly imageCount: number;
  /** All of them up to 4,096; above that, of the `pos` tags only the 4,096 most used. */
  readonly tags: readonly Tag[];
  /** Known folders that changed since they were indexed, and extra paths that never were. */
  readonly expiredFolders: readonly string[];
}

/** A name with how many images have it. */
export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** How many files of a kind there are, and how many bytes they take. */
export interface DiskUse extends NamedCount {
  readonly bytes: number;
}

export interface LibraryStatistics {
  readonly imageCount: number;
  /** Size of all indexed files together. */
  readonly bytes: number;
  /** `YYYY-MM-DD` in the time zone of this machine, oldest first; days without images are left out. */
  readonly days: readonly NamedCount[];
  /** `YYYY-MM`, oldest first. */
  readonly months: readonly NamedCount[];
  /** The 20 most used of each, most used first, then by name. */
  readonly models: readonly NamedCount[];
  readonly samplers: readonly NamedCount[];
  readonly loras: readonly NamedCount[];
  readonly sources: readonly NamedCount[];
  /** The 20 folders whose own files take most room, largest first. */
  readonly folders: readonly DiskUse[];
  /** By media type, largest first. */
  readonly mediaTypes: readonly DiskUse[];
}

/** Fields of the query language whose values can be completed. */
export const completionFields = ['tag', 'model', 'lora', 'sampler', 'source', 'generator', 'folder'] as const;
export type CompletionField = (typeof completionFields)[number];

export interface CompletionQuery {
  readonly field: CompletionField;
  /** As far as it is typed, whatever its case; `''` asks for the most used of all. */
  readonly text: string;
  /** 1 or more; 20 unless given. */
  readonly limit?: number;
  /** Only what images in these folders have; of folders these and those in them. All unless given. */
  readonly inside?: readonly string[];
}

/** Counts what there is. */
export interface LibraryOverview {
  /**
   * With `roots`, those of them that were never indexed count as expired too. With `inside`, custom tags that only images
   * elsewhere have are left out.
   */
  basicInfo(options?: ScopeOptions & { roots?: readonly string[] }): Promise<BasicInfo>;
  statistics(options?: ScopeOptions): Promise<LibraryStatistics>;
  /**
   * What a value of a field may be of which the beginning is typed: first what begins with it, then what contains it,
   * most used first, then by name. Counts of folders are at any depth; those of folders and generators may be half a minute old.
   */
  complete(query: CompletionQuery, options?: CallOptions): Promise<readonly NamedCount[]>;
}
