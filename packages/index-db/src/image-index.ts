import type { AutoTagOutcome, AutoTagRule, AutoTagTrial, AutoTagTrialRequest } from './auto-tag-rule.ts';
import type { IndexListener } from './index-change.ts';

/** What kinds of media are indexed. */
export const mediaTypes = ['image', 'video', 'audio'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** One indexed file. */
export interface IndexedImage {
  readonly id: number;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Unix seconds, with fraction. */
  readonly modifiedTime: number;
  /** Unix seconds, with fraction. */
  readonly createdTime: number;
  readonly mediaType: MediaType;
  /** Pixels as stored in the file; absent where the file does not say. */
  readonly width?: number;
  readonly height?: number;
}

/** A page of results; `next` is opaque and `''` on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasNext: boolean;
  readonly next: string;
}

export interface Tag {
  readonly id: number;
  readonly name: string;
  /** `custom`, or one of the automatic kinds such as `pos`, `lora`, `Model`. */
  readonly type: string;
  /** How many indexed images carry it now. */
  readonly count: number;
  /** Any CSS colour, or `''`. */
  readonly color: string;
  readonly score: number;
}

/** How a folder that the user added is used. */
export const extraPathTypes = ['scanned', 'scanned-fixed', 'walk', 'cli_access_only'] as const;
export type ExtraPathType = (typeof extraPathTypes)[number];

export interface ExtraPath {
  readonly path: string;
  readonly types: readonly ExtraPathType[];
  readonly alias: string;
}

/** The last argument of every method. */
export interface CallOptions {
  /** Gives the call up: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Where an update stands. */
export interface IndexProgress {
  readonly stage: 'walking' | 'reading' | 'finishing';
  /** Files walked, or files read of `total`. */
  readonly done: number;
  /** 0 while it is not known yet. */
  readonly total: number;
  /** Files per second since this stage began. */
  readonly rate: number;
  /** The file or folder reached last. */
  readonly path: string;
}

export interface UpdateOptions extends CallOptions {
  /** Called a few times per second, and once at the end of each stage. */
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Reads every file again, also those that did not change; what the owner gave them stays. */
  readonly reread?: boolean;
  /** Folders in the roots that changed: only they are looked into, and those in them that are not known yet. */
  readonly only?: readonly string[];
}

export interface WatchOptions {
  /** Called after each update that something caused. */
  readonly onUpdate?: (summary: IndexSummary) => void;
  /** Called when an update or the system's events fail; watching goes on, by looking where it must. */
  readonly onError?: (error: unknown) => void;
  /** How often all is looked through for what events missed, in milliseconds; 600,000 unless given. */
  readonly reconcileMs?: number;
  /** How often folders without events are looked through, in milliseconds; 5,000 unless given. */
  readonly pollMs?: number;
  /** Look again and again instead of following events; by itself on network drives. */
  readonly usePolling?: boolean;
}

/** A watch that goes on until it is closed. */
export interface IndexWatch {
  /** Roots that are looked through again and again, because there are no events for them. */
  readonly polled: readonly string[];
  close(): Promise<void>;
}

/** A file that could not be indexed; the others were. */
export interface IndexFailure {
  readonly path: string;
  readonly reason: 'unreadable' | 'not-media' | 'reader-failed';
  readonly message: string;
}

/** What an update did. */
export interface IndexSummary {
  readonly added: number;
  readonly changed: number;
  /** Known images found under another path; their tags went along. */
  readonly moved: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Roots and folders that could not be reached; nothing under them was forgotten. */
  readonly unavailable: readonly string[];
  readonly failed: readonly IndexFailure[];
  readonly durationMs: number;
}

export interface SubstringQuery {
  /** Looked for in the path and the generation text, whatever its case; `%` and `_` mean themselves. */
  readonly text?: string;
  /** A JavaScript expression (flags i, m, s); when given, `text` is ignored. */
  readonly regexp?: string;
  /** Look in the path alone. */
  readonly pathOnly?: boolean;
  readonly mediaType?: 'all' | MediaType;
  /** Only images in these folders, at any depth. Absent means everywhere. */
  readonly folders?: readonly string[];
  readonly cursor?: string;
  /** 1 or more; 200 unless given. */
  readonly size?: number;
}

export interface TagQuery {
  /** All of these. */
  readonly and: readonly number[];
  /** Any of these, unless empty. */
  readonly or: readonly number[];
  /** None of these. */
  readonly not: readonly number[];
  readonly folders?: readonly string[];
  readonly cursor?: string;
  /** 1 or more; 200 unless given. */
  readonly size?: number;
  /** In a shuffled order that stays the same from page to page. */
  readonly random?: boolean;
}

/** In which order a search gives its results. */
export const querySorts = ['newest', 'oldest', 'name', 'largest', 'smallest', 'rating', 'random'] as const;
export type QuerySort = (typeof querySorts)[number];

export interface SearchQuery {
  /** A query text; the grammar is in the README. Absent means everything. */
  readonly query?: string;
  readonly folders?: readonly string[];
  /** Not images in these folders, at any depth. */
  readonly outside?: readonly string[];
  /** `newest` unless given; `random` stays the same from page to page. */
  readonly sort?: QuerySort;
  readonly cursor?: string;
  /** 1 or more; 200 unless given. */
  readonly size?: number;
}

/** What `search` is asked, for all its pages at once. */
export interface LayoutQuery extends Omit<SearchQuery, 'cursor' | 'size'> {
  /** Most images in one block; 200 unless given. */
  readonly blockSize?: number;
}

/** Images that follow each other in a search. */
export interface LayoutBlock {
  /** `YYYY-MM-DD` in the time zone of this machine, for orders by date: a block is of one day. */
  readonly date?: string;
  readonly count: number;
  /** Gives the block as a page of `search`, with `size: count` and the query and order of the layout. */
  readonly cursor: string;
}

export interface SearchLayout {
  /** How many images match. */
  readonly matches: number;
  /** All of them, in the order of the search. */
  readonly blocks: readonly LayoutBlock[];
}

export interface BasicInfo {
  readonly imageCount: number;
  /** All of them up to 4,096; above that, of the `pos` tags only the 4,096 most used. */
  readonly tags: readonly Tag[];
  /** Known folders that changed since they were indexed, and extra paths that never were. */
  readonly expiredFolders: readonly string[];
}

/** Fields of the query language whose values can be completed. */
export const completionFields = ['model', 'lora', 'sampler', 'source', 'tag', 'folder', 'generator'] as const;
export type CompletionField = (typeof completionFields)[number];

export interface CompletionQuery {
  readonly field: CompletionField;
  /** As far as it is typed, whatever its case; `''` asks for the most used of all. */
  readonly text: string;
  /** 1 or more; 20 unless given. */
  readonly limit?: number;
  /** For the field `folder`: only these folders and those in them. */
  readonly inside?: readonly string[];
}

/** A name with how many images have it. */
export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

export interface LibraryStatistics {
  readonly imageCount: number;
  /** Size of all indexed files together. */
  readonly bytes: number;
  /** `YYYY-MM-DD` in the time zone of this machine, oldest first; days without images are left out. */
  readonly days: readonly NamedCount[];
  /** `YYYY-MM`, oldest first. */
  readonly months: readonly NamedCount[];
  /** The 20 most used of each, most used first. */
  readonly models: readonly NamedCount[];
  readonly samplers: readonly NamedCount[];
  readonly loras: readonly NamedCount[];
  readonly sources: readonly NamedCount[];
  /** The 20 folders whose own files take most room, largest first. */
  readonly folders: readonly DiskUse[];
  /** By media type, largest first. */
  readonly mediaTypes: readonly DiskUse[];
}

/** How many files of a kind there are, and how many bytes they take. */
export interface DiskUse extends NamedCount {
  readonly bytes: number;
}

/** What the owner says of an image besides its tags. */
export interface ImageMark {
  /** 1 to 5, or 0 for none. */
  readonly rating: number;
  readonly note: string;
}

/** Tags, rating and note of one image, to be carried to another index: a line of an export. */
export interface MarkRecord extends ImageMark {
  readonly path: string;
  readonly bytes: number;
  /** Stands for the content together with `bytes`; absent where the file was never read. */
  readonly fingerprint?: number;
  /** Names of custom tags. */
  readonly tags: readonly string[];
}

export interface ImportOutcome {
  readonly imported: number;
  /** Paths of records that fit no indexed image, by path or by content. */
  readonly unknown: readonly string[];
}

/** A file or folder that was given another path. */
export interface PathChange {
  readonly from: string;
  readonly to: string;
}

export interface NewEmbedding {
  readonly path: string;
  /** Hash of the text that the vector was made from, to tell when it is out of date. */
  readonly textHash: string;
  readonly vector: Float32Array;
}

export interface EmbeddingFailure {
  readonly path: string;
  readonly textHash: string;
  readonly message: string;
}

export interface StoredEmbedding {
  readonly id: number;
  readonly path: string;
  readonly textHash: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly vector: Float32Array;
}

export interface EmbeddingState {
  /** Of the stored vector, if there is one; so are the next two. */
  readonly textHash?: string;
  /** ISO 8601. */
  readonly updatedAt?: string;
  readonly dimension?: number;
  /** Texts that the model refused. */
  readonly failedHashes: readonly string[];
}

export interface SimilarQuery {
  readonly model: string;
  readonly vector: Float32Array;
  readonly folders?: readonly string[];
  /** 50 unless given. */
  readonly count?: number;
  /** Cosine, -1 to 1; everything unless given. */
  readonly minScore?: number;
}

export interface SimilarImage {
  readonly id: number;
  readonly path: string;
  /** Cosine of the angle between the vectors. */
  readonly score: number;
}

export interface CachedTitle {
  readonly title: string;
  readonly keywords: readonly string[];
  readonly model: string;
}

export interface CachedClusters {
  readonly folders: readonly string[];
  readonly model: string;
  readonly parameters: unknown;
  readonly embeddingsCount: number;
  readonly embeddingsUpdatedAt: string;
  readonly result: unknown;
}

export interface PerceptualHash {
  readonly path: string;
  /** 64 bits, not negative. */
  readonly hash: bigint;
}

export interface NearDuplicate {
  readonly id: number;
  readonly path: string;
  /** In how many of 64 bits the hashes differ. */
  readonly distance: number;
}

/** Long work of a server as it was last kept. */
export interface StoredJob {
  readonly id: string;
  readonly kind: string;
  /** Names the process that runs it. */
  readonly owner: string;
  readonly status: string;
  readonly stage: string;
  /** 0 to 1. */
  readonly progress: number;
  /** A JSON value. */
  readonly detail: unknown;
  readonly error?: string;
  /** Unix seconds, as all times here. */
  readonly createdTime: number;
  readonly startedTime?: number;
  readonly updatedTime: number;
  readonly finishedTime?: number;
}

/** An index of media files: what they are, what made them, and what their owner says of them. */
export interface ImageIndex {
  /** Brings the index up to date with these folders; one that runs already is waited for first. */
  update(roots: readonly string[], options?: UpdateOptions): Promise<IndexSummary>;
  /** Keeps the index up to date with these folders as they change; begin with an `update`. */
  watch(roots: readonly string[], options?: WatchOptions): Promise<IndexWatch>;
  /**
   * Calls the listener after each write through this opened index, by whatever method, update or watch, in the order of
   * writing; a write's changes are told before its promise resolves. Gives a function that ends it. Throws `closed`.
   */
  subscribe(listener: IndexListener): () => void;
  /** Newest first. Throws `invalid-regexp`, `regexp-timeout`, `invalid-cursor`. */
  searchBySubstring(query: SubstringQuery, options?: CallOptions): Promise<Page<IndexedImage>>;
  /** Newest first unless `random`. Throws `invalid-cursor`. */
  searchByTags(query: TagQuery, options?: CallOptions): Promise<Page<IndexedImage>>;
  /** Finds by words, phrases and fields. Throws `invalid-query` (with the position), `invalid-cursor`. */
  search(query: SearchQuery, options?: CallOptions): Promise<Page<IndexedImage>>;
  /**
   * How many images a search has, and how they divide into blocks that can be asked for in any order. Throws
   * `invalid-query` (with the position).
   */
  searchLayout(query: LayoutQuery, options?: CallOptions): Promise<SearchLayout>;
  /**
   * What a value of a field may be of which the beginning is typed: first what begins with it, then what contains it,
   * most used first. Counts of folders are at any depth; those of folders and generators may be half a minute old.
   */
  complete(query: CompletionQuery, options?: CallOptions): Promise<readonly NamedCount[]>;
  /** With `roots`, those of them that were never indexed count as expired too. */
  basicInfo(options?: CallOptions & { roots?: readonly string[] }): Promise<BasicInfo>;
  /** The indexed ones among these paths. */
  images(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, IndexedImage>>;
  /** The indexed ones among these ids. */
  imagesById(ids: readonly number[], options?: CallOptions): Promise<ReadonlyMap<number, IndexedImage>>;
  /** Generation texts as stored; paths that are not indexed are left out. */
  infotexts(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, string>>;
  /** Up to `count` images picked by chance, each once. */
  randomImages(count: number, options?: CallOptions): Promise<readonly IndexedImage[]>;
  /** The `count` newest images of each folder, at any depth; folders without any are left out. */
  folderCovers(
    folders: readonly string[],
    count: number,
    options?: CallOptions,
  ): Promise<ReadonlyMap<string, readonly IndexedImage[]>>;
  statistics(options?: CallOptions): Promise<LibraryStatistics>;
  /**
   * Keeps what is indexed at these paths, and in folders below them, although an update may not find it: for a caller
   * that is about to move files and tells of it afterwards. Until `releasePaths` is called as often.
   */
  holdPaths(paths: readonly string[], options?: CallOptions): Promise<void>;
  releasePaths(paths: readonly string[], options?: CallOptions): Promise<void>;
  /**
   * Follows files and folders that were moved or renamed, with all that is known of them. An update that is under way
   * does not take it back.
   */
  movePaths(changes: readonly PathChange[], options?: CallOptions): Promise<void>;
  /** Forgets files, and folders with all below them; tags, ratings and notes come back with the same content. */
  removePaths(paths: readonly string[], options?: CallOptions): Promise<void>;
  /** Stores a text that the owner wrote for an image; updates no longer change it. Throws `not-indexed`. */
  setInfotext(path: string, text: string, options?: CallOptions): Promise<void>;
  /** Makes a custom tag, or gives the one of that name. */
  createTag(name: string, options?: CallOptions): Promise<Tag>;
  /** Idempotent; all or nothing. Throws `unknown-tag`, `not-indexed` (with the paths). */
  setTag(
    paths: readonly string[],
    tagId: number,
    action: 'add' | 'remove',
    options?: CallOptions,
  ): Promise<void>;
  /** Gives the tag, or takes it away where the image has it; says which. Throws `unknown-tag`, `not-indexed`. */
  toggleTag(path: string, tagId: number, options?: CallOptions): Promise<'add' | 'remove'>;
  /** Throws `unknown-tag`, and `name-taken` where another tag of the type has the name. */
  updateTag(tagId: number, change: { name?: string; color?: string }, options?: CallOptions): Promise<Tag>;
  /** Takes the tag from every image and removes it. Throws `unknown-tag`. */
  removeTag(tagId: number, options?: CallOptions): Promise<void>;
  /** Gives every image of a tag another one instead and removes the first. Throws `unknown-tag`. */
  mergeTags(tagId: number, into: number, options?: CallOptions): Promise<Tag>;
  /** Custom tags of each image; paths without any are left out. */
  tagsOf(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, readonly Tag[]>>;
  /** The tags that exist among these ids. */
  tagsById(ids: readonly number[], options?: CallOptions): Promise<ReadonlyMap<number, Tag>>;
  autoTagRules(options?: CallOptions): Promise<readonly AutoTagRule[]>;
  /**
   * Replaces the rules and applies them to every image; updates apply them to what is new or changed. Tags that a
   * dropped rule gave stay. Throws `unknown-tag`, `invalid-regexp`.
   */
  setAutoTagRules(rules: readonly AutoTagRule[], options?: CallOptions): Promise<AutoTagOutcome>;
  /** Which of the newest images meet a rule, without tagging any. Throws `invalid-regexp`. */
  tryAutoTagRule(request: AutoTagTrialRequest, options?: CallOptions): Promise<AutoTagTrial>;
  /** Rates images 1 to 5, or takes the rating away with 0. Throws `not-indexed`. */
  setRating(paths: readonly string[], rating: number, options?: CallOptions): Promise<void>;
  /** Writes a note, or takes it away with `''`. Throws `not-indexed`. */
  setNote(path: string, note: string, options?: CallOptions): Promise<void>;
  /** Ratings and notes; paths without either are left out. */
  marksOf(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, ImageMark>>;
  /** Lines of JSON, one for each image with a custom tag, a rating or a note. */
  exportMarks(options?: CallOptions): AsyncIterable<string>;
  /** Adds what such lines say to the images of the same path or content. Throws `invalid-line` with the line's number. */
  importMarks(lines: Iterable<string> | AsyncIterable<string>, options?: CallOptions): Promise<ImportOutcome>;
  savedSearches(options?: CallOptions): Promise<ReadonlyMap<string, SearchQuery>>;
  /** Keeps a search under a name. Throws `invalid-query`. */
  saveSearch(name: string, query: SearchQuery, options?: CallOptions): Promise<void>;
  removeSavedSearch(name: string, options?: CallOptions): Promise<void>;
  /** Settings by name, as JSON values. */
  settings(options?: CallOptions): Promise<ReadonlyMap<string, unknown>>;
  setSetting(name: string, value: unknown, options?: CallOptions): Promise<void>;
  removeSetting(name: string, options?: CallOptions): Promise<void>;
  /** Names an extra path. Throws `unknown-path`. */
  setAlias(path: string, alias: string, options?: CallOptions): Promise<ExtraPath>;
  /** Stores vectors, one per image and model. Throws `not-indexed`. */
  saveEmbeddings(model: string, embeddings: readonly NewEmbedding[], options?: CallOptions): Promise<void>;
  saveEmbeddingFailures(
    model: string,
    failures: readonly EmbeddingFailure[],
    options?: CallOptions,
  ): Promise<void>;
  /** From which text the vector of each image was made, and which texts were refused. */
  embeddingStates(
    model: string,
    paths: readonly string[],
    options?: CallOptions,
  ): Promise<ReadonlyMap<string, EmbeddingState>>;
  /** The vectors of a model, by image id. */
  embeddings(
    model: string,
    options?: CallOptions & { folders?: readonly string[] },
  ): AsyncIterable<StoredEmbedding>;
  /** The vector of a model for one image; undefined for none. */
  embeddingOf(model: string, path: string, options?: CallOptions): Promise<StoredEmbedding | undefined>;
  /** The images with the nearest vectors, nearest first: exact, every vector is compared. */
  similarImages(query: SimilarQuery, options?: CallOptions): Promise<readonly SimilarImage[]>;
  cachedTitle(key: string, options?: CallOptions): Promise<CachedTitle | undefined>;
  saveTitle(key: string, title: CachedTitle, options?: CallOptions): Promise<void>;
  cachedClusters(
    key: string,
    options?: CallOptions,
  ): Promise<(CachedClusters & { readonly updatedAt: string }) | undefined>;
  saveClusters(key: string, clusters: CachedClusters, options?: CallOptions): Promise<void>;
  savePerceptualHashes(hashes: readonly PerceptualHash[], options?: CallOptions): Promise<void>;
  perceptualHashOf(path: string, options?: CallOptions): Promise<bigint | undefined>;
  /** Images whose perceptual hash differs in at most so many bits, nearest first. */
  nearDuplicates(hash: bigint, distance: number, options?: CallOptions): Promise<readonly NearDuplicate[]>;
  extraPaths(options?: CallOptions): Promise<readonly ExtraPath[]>;
  /** Adds these types to the path's; the alias stays. */
  addExtraPath(path: string, types: readonly ExtraPathType[], options?: CallOptions): Promise<void>;
  /** Takes these types away, and the path with its last type. */
  removeExtraPath(path: string, types: readonly ExtraPathType[], options?: CallOptions): Promise<void>;
  /** Jobs without their results, oldest first. */
  jobs(options?: CallOptions): Promise<readonly StoredJob[]>;
  /** The JSON value that was kept as the result of a job; undefined for none. */
  jobResult(id: string, options?: CallOptions): Promise<unknown>;
  /** Keeps a job as it is now; a result that was kept before stays when none is given. */
  saveJob(job: StoredJob, result?: unknown, options?: CallOptions): Promise<void>;
  removeJobs(ids: readonly string[], options?: CallOptions): Promise<void>;
  /**
   * Copies the database beside itself while it is in use, keeping the latest `kept` copies, three unless given; gives
   * the copy's path.
   */
  backUp(options?: CallOptions & { readonly kept?: number }): Promise<string>;
  /** Paths of the backups, oldest first; one is made before the first change to a database of IIB. */
  backups(options?: CallOptions): Promise<readonly string[]>;
  /** What SQLite finds wrong with the file; empty when all is well. */
  checkIntegrity(options?: CallOptions): Promise<readonly string[]>;
  /** Gives unused room in the file back; needs as much room again while it runs. */
  compact(options?: CallOptions): Promise<void>;
  /** Waits for what is being written, then lets the file go. */
  close(): Promise<void>;
}
