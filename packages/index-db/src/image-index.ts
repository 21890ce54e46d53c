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

export interface BasicInfo {
  readonly imageCount: number;
  /** All of them up to 4,096; above that, of the `pos` tags only the 4,096 most used. */
  readonly tags: readonly Tag[];
  /** Known folders that changed since they were indexed, and extra paths that never were. */
  readonly expiredFolders: readonly string[];
}

/** An index of media files: what they are, what made them, and what their owner says of them. */
export interface ImageIndex {
  /** Brings the index up to date with these folders; one that runs already is waited for first. */
  update(roots: readonly string[], options?: UpdateOptions): Promise<IndexSummary>;
  /** Newest first. Throws `invalid-regexp`, `regexp-timeout`, `invalid-cursor`. */
  searchBySubstring(query: SubstringQuery, options?: CallOptions): Promise<Page<IndexedImage>>;
  /** Newest first unless `random`. Throws `invalid-cursor`. */
  searchByTags(query: TagQuery, options?: CallOptions): Promise<Page<IndexedImage>>;
  basicInfo(options?: CallOptions): Promise<BasicInfo>;
  /** The indexed ones among these paths. */
  images(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, IndexedImage>>;
  /** Generation texts as stored; paths that are not indexed are left out. */
  infotexts(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, string>>;
  /** Makes a custom tag, or gives the one of that name. */
  createTag(name: string, options?: CallOptions): Promise<Tag>;
  /** Idempotent; all or nothing. Throws `unknown-tag`, `not-indexed` (with the paths). */
  setTag(
    paths: readonly string[],
    tagId: number,
    action: 'add' | 'remove',
    options?: CallOptions,
  ): Promise<void>;
  /** Custom tags of each image; paths without any are left out. */
  tagsOf(paths: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, readonly Tag[]>>;
  extraPaths(options?: CallOptions): Promise<readonly ExtraPath[]>;
  /** Adds these types to the path's; the alias stays. */
  addExtraPath(path: string, types: readonly ExtraPathType[], options?: CallOptions): Promise<void>;
  /** Takes these types away, and the path with its last type. */
  removeExtraPath(path: string, types: readonly ExtraPathType[], options?: CallOptions): Promise<void>;
  /** Copies the database beside itself while it is in use, keeping the latest three copies; gives the copy's path. */
  backUp(options?: CallOptions): Promise<string>;
  /** Paths of the backups, oldest first; one is made before the first change to a database of IIB. */
  backups(options?: CallOptions): Promise<readonly string[]>;
  /** What SQLite finds wrong with the file; empty when all is well. */
  checkIntegrity(options?: CallOptions): Promise<readonly string[]>;
  /** Gives unused room in the file back; needs as much room again while it runs. */
  compact(options?: CallOptions): Promise<void>;
  /** Waits for what is being written, then lets the file go. */
  close(): Promise<void>;
}
