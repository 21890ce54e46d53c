/**
 * What the server asks of an index. `openIndex` of `@iib-kit/index-db` gives one; another engine can take its
 * place by having these members.
 */
export interface ImageIndex {
  update(
    roots: readonly string[],
    options?: {
      signal?: AbortSignal;
      onProgress?: (progress: IndexProgress) => void;
      /** Read also what did not change. */
      reread?: boolean;
      /** Folders in the roots that changed; all are looked into, unless given. */
      only?: readonly string[];
    },
  ): Promise<IndexSummary>;
  searchBySubstring(
    query: {
      text?: string;
      regexp?: string;
      pathOnly?: boolean;
      mediaType?: 'all' | 'image' | 'video' | 'audio';
      folders?: readonly string[];
      cursor?: string;
      size?: number;
    },
    options?: { signal?: AbortSignal },
  ): Promise<IndexPage>;
  searchByTags(
    query: {
      and: readonly number[];
      or: readonly number[];
      not: readonly number[];
      folders?: readonly string[];
      cursor?: string;
      size?: number;
      random?: boolean;
    },
    options?: { signal?: AbortSignal },
  ): Promise<IndexPage>;
  /** Throws an error with `code` `invalid-query` and `details.position`. */
  search(
    query: {
      query?: string;
      folders?: readonly string[];
      /** Not images in these folders, at any depth. */
      outside?: readonly string[];
      sort?: IndexSort;
      cursor?: string;
      size?: number;
    },
    options?: { signal?: AbortSignal },
  ): Promise<IndexPage>;
  /** How the results of `search` divide into pages that can be asked for in any order. */
  searchLayout(
    query: {
      query?: string;
      folders?: readonly string[];
      outside?: readonly string[];
      sort?: IndexSort;
      blockSize?: number;
    },
    options?: { signal?: AbortSignal },
  ): Promise<{
    matches: number;
    blocks: readonly { readonly date?: string; readonly count: number; readonly cursor: string }[];
  }>;
  /** What a value of a field may be of which the beginning is typed, the best first. */
  complete(
    query: {
      field: 'model' | 'lora' | 'sampler' | 'source' | 'tag' | 'folder' | 'generator';
      text: string;
      limit?: number;
      /** For folders: only these and those in them. */
      inside?: readonly string[];
    },
    options?: { signal?: AbortSignal },
  ): Promise<readonly IndexNamedCount[]>;
  /** Roots that were never indexed count as expired. */
  basicInfo(options?: { signal?: AbortSignal; roots?: readonly string[] }): Promise<{
    imageCount: number;
    tags: readonly IndexTag[];
    expiredFolders: readonly string[];
  }>;
  statistics(options?: { signal?: AbortSignal }): Promise<{
    imageCount: number;
    bytes: number;
    days: readonly IndexNamedCount[];
    months: readonly IndexNamedCount[];
    models: readonly IndexNamedCount[];
    samplers: readonly IndexNamedCount[];
    loras: readonly IndexNamedCount[];
    sources: readonly IndexNamedCount[];
    folders: readonly (IndexNamedCount & { bytes: number })[];
    mediaTypes: readonly (IndexNamedCount & { bytes: number })[];
  }>;
  randomImages(count: number): Promise<readonly IndexedImage[]>;
  /** The newest images of each folder, at any depth. */
  folderCovers(
    folders: readonly string[],
    count: number,
  ): Promise<ReadonlyMap<string, readonly IndexedImage[]>>;
  /** The indexed ones among these paths. */
  images(paths: readonly string[]): Promise<ReadonlyMap<string, IndexedImage>>;
  /** The indexed ones among these ids. */
  imagesById(ids: readonly number[]): Promise<ReadonlyMap<number, IndexedImage>>;
  /** Stored generation texts; paths that are not indexed are left out. */
  infotexts(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Stores a text in place of the one that was read; updates do not change it back. */
  setInfotext(path: string, text: string): Promise<void>;
  /** Keeps what is at these paths, and below them, although an update may not find it, until it is released as often. */
  reservePaths(paths: readonly string[]): Promise<void>;
  releasePaths(paths: readonly string[]): Promise<void>;
  /** Follows files and folders that were moved or renamed, with all that is known of them. */
  movePaths(changes: readonly { readonly from: string; readonly to: string }[]): Promise<void>;
  /** Forgets files, and folders with all below them; tags, ratings and notes come back with the same content. */
  removePaths(paths: readonly string[]): Promise<void>;
  createTag(name: string): Promise<IndexTag>;
  setTag(paths: readonly string[], tagId: number, action: 'add' | 'remove'): Promise<void>;
  toggleTag(path: string, tagId: number): Promise<'add' | 'remove'>;
  updateTag(tagId: number, change: { name?: string; color?: string }): Promise<IndexTag>;
  removeTag(tagId: number): Promise<void>;
  mergeTags(tagId: number, into: number): Promise<IndexTag>;
  tagsById(ids: readonly number[]): Promise<ReadonlyMap<number, IndexTag>>;
  autoTagRules(): Promise<readonly IndexAutoTagRule[]>;
  /** Replaces the rules and applies them to every image. */
  setAutoTagRules(
    rules: readonly IndexAutoTagRule[],
  ): Promise<{ tagged: number; untagged: number; timedOut: readonly string[] }>;
  /** Which of the newest images meet a rule, without tagging any. */
  tryAutoTagRule(
    request: { rule: Omit<IndexAutoTagRule, 'tagId'>; among?: number; examples?: number },
    options?: { signal?: AbortSignal },
  ): Promise<{
    lookedAt: number;
    matched: number;
    examples: readonly IndexedImage[];
    timedOut: readonly string[];
  }>;
  setRating(paths: readonly string[], rating: number): Promise<void>;
  setNote(path: string, note: string): Promise<void>;
  /** Ratings and notes; images without either are left out. */
  annotationsOf(paths: readonly string[]): Promise<ReadonlyMap<string, { rating: number; note: string }>>;
  /** Lines of JSON, each with the `path` of an image. */
  exportAnnotations(options?: { signal?: AbortSignal }): AsyncIterable<string>;
  /** Throws an error with `code` `invalid-line` and `details.position`, the number of the line. */
  importAnnotations(lines: Iterable<string>): Promise<{ imported: number; unknown: readonly string[] }>;
  savedSearches(): Promise<
    ReadonlyMap<string, { query?: string; folders?: readonly string[]; sort?: IndexSort }>
  >;
  saveSearch(
    name: string,
    query: { query?: string; folders?: readonly string[]; sort?: IndexSort },
  ): Promise<void>;
  removeSavedSearch(name: string): Promise<void>;
  /** JSON values by name. */
  settings(): Promise<ReadonlyMap<string, unknown>>;
  setSetting(name: string, value: unknown): Promise<void>;
  removeSetting(name: string): Promise<void>;
  perceptualHashOf(path: string): Promise<bigint | undefined>;
  savePerceptualHashes(hashes: readonly { path: string; hash: bigint }[]): Promise<void>;
  /** Images whose hash differs in at most so many bits, nearest first. */
  nearDuplicates(
    hash: bigint,
    distance: number,
    options?: { signal?: AbortSignal },
  ): Promise<readonly { path: string; distance: number }[]>;
  /** Keeps vectors, one for each image and model. Throws an error with `code` `not-indexed`. */
  saveEmbeddings(
    model: string,
    embeddings: readonly { path: string; textHash: string; vector: Float32Array }[],
  ): Promise<void>;
  /** Remembers texts that a model refused. Throws an error with `code` `not-indexed`. */
  saveEmbeddingFailures(
    model: string,
    failures: readonly { path: string; textHash: string; message: string }[],
  ): Promise<void>;
  /** From which text the vector of each image was made, and which texts were refused. */
  embeddingStates(
    model: string,
    paths: readonly string[],
    options?: { signal?: AbortSignal },
  ): Promise<ReadonlyMap<string, IndexEmbeddingState>>;
  embeddings(
    model: string,
    options?: { signal?: AbortSignal; folders?: readonly string[] },
  ): AsyncIterable<IndexEmbedding>;
  embeddingOf(model: string, path: string): Promise<IndexEmbedding | undefined>;
  /** The nearest vectors, nearest first. */
  similarImages(
    query: {
      model: string;
      vector: Float32Array;
      folders?: readonly string[];
      count?: number;
      minScore?: number;
    },
    options?: { signal?: AbortSignal },
  ): Promise<readonly { id: number; path: string; score: number }[]>;
  cachedTitle(key: string): Promise<IndexTitle | undefined>;
  saveTitle(key: string, title: IndexTitle): Promise<void>;
  cachedClusters(key: string): Promise<(IndexClusters & { readonly updatedAt: string }) | undefined>;
  saveClusters(key: string, clusters: IndexClusters): Promise<void>;
  /** Custom tags; images without one are left out. */
  tagsOf(paths: readonly string[]): Promise<ReadonlyMap<string, readonly IndexTag[]>>;
  extraPaths(): Promise<readonly IndexExtraPath[]>;
  addExtraPath(path: string, types: readonly IndexExtraPathType[]): Promise<void>;
  setAlias(path: string, alias: string): Promise<IndexExtraPath>;
  removeExtraPath(path: string, types: readonly IndexExtraPathType[]): Promise<void>;
  /** Copies the index beside itself, keeping the latest `kept` copies; gives the copy's path. */
  backUp?(options: { kept: number }): Promise<string>;
  /** Paths of the copies, their day in the name. */
  backups?(): Promise<readonly string[]>;
  /** Tells what each write changed, after it; gives a function that ends it. */
  subscribe(listener: (change: IndexChange) => void): () => void;
  /** Keeps up with these folders as they change. */
  watch(
    roots: readonly string[],
    options?: { onError?: (error: unknown) => void },
  ): Promise<{ readonly polled: readonly string[]; close(): Promise<void> }>;
  /** Jobs without their results, oldest first. */
  jobs(): Promise<readonly IndexJob[]>;
  /** The JSON value that was kept as the result of a job; undefined for none. */
  jobResult(id: string): Promise<unknown>;
  /** Keeps a job as it is now; a result that was kept before stays when none is given. */
  saveJob(job: IndexJob, result?: unknown): Promise<void>;
  removeJobs(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface IndexedImage {
  readonly id: number;
  readonly path: string;
  readonly bytes: number;
  /** Unix seconds, with fraction. */
  readonly modifiedTime: number;
  /** Unix seconds, with fraction. */
  readonly createdTime: number;
}

export interface IndexPage {
  readonly items: readonly IndexedImage[];
  readonly hasNext: boolean;
  readonly next: string;
}

export type IndexSort = 'newest' | 'oldest' | 'name' | 'largest' | 'smallest' | 'rating' | 'random';

export interface IndexNamedCount {
  readonly name: string;
  readonly count: number;
}

/** Gives a custom tag to every image that meets all or any of its conditions. */
export interface IndexAutoTagRule {
  readonly tagId: number;
  readonly match: 'all' | 'any';
  readonly conditions: readonly {
    readonly field: 'prompt' | 'negative_prompt' | 'model' | 'sampler' | 'text' | 'path';
    readonly operator: 'contains' | 'equals' | 'regex';
    readonly value: string;
  }[];
}

export interface IndexTag {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly count: number;
  readonly color: string;
  readonly score: number;
}

export type IndexExtraPathType = 'scanned' | 'scanned-fixed' | 'walk' | 'cli_access_only';

export interface IndexExtraPath {
  readonly path: string;
  readonly types: readonly IndexExtraPathType[];
  readonly alias: string;
}

export interface IndexProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** Files per second. */
  readonly rate: number;
}

export interface IndexSummary {
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly unavailable: readonly string[];
  readonly failed: readonly { readonly path: string; readonly message: string }[];
  readonly durationMs: number;
}

/** What a write changed, in parts of a bounded size. */
export type IndexChange =
  | {
      readonly kind: 'images';
      readonly added: readonly string[];
      readonly changed: readonly string[];
      readonly removed: readonly string[];
      readonly moved: readonly { readonly from: string; readonly to: string }[];
    }
  | {
      readonly kind: 'tags';
      /** Absent where the tags themselves changed. */
      readonly paths?: readonly string[];
      readonly tagIds: readonly number[];
    }
  | { readonly kind: 'annotations'; readonly paths: readonly string[] };

/** A job as it was last kept; times are Unix seconds. */
export interface IndexJob {
  readonly id: string;
  readonly kind: string;
  /** Names the process that runs it. */
  readonly owner: string;
  readonly status: string;
  readonly stage: string;
  readonly progress: number;
  readonly detail: unknown;
  readonly error?: string;
  readonly createdTime: number;
  readonly startedTime?: number;
  readonly updatedTime: number;
  readonly finishedTime?: number;
}

export interface IndexEmbedding {
  readonly path: string;
  readonly textHash: string;
  readonly vector: Float32Array;
}

export interface IndexEmbeddingState {
  /** Of the kept vector, if there is one; so are the next two. */
  readonly textHash?: string;
  /** ISO 8601. */
  readonly updatedAt?: string;
  readonly dimension?: number;
  /** Texts that the model refused. */
  readonly failedHashes: readonly string[];
}

export interface IndexTitle {
  readonly title: string;
  readonly keywords: readonly string[];
  readonly model: string;
}

/** The result of a clustering, and what it was made from. */
export interface IndexClusters {
  readonly folders: readonly string[];
  readonly model: string;
  readonly parameters: unknown;
  readonly embeddingsCount: number;
  readonly embeddingsUpdatedAt: string;
  readonly result: unknown;
}
