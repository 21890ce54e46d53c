/**
 * What the server asks of an index. `openIndex` of `@iib-kit/index-db` gives one; another engine can take its
 * place by having these members.
 */
export interface ImageIndex {
  update(
    roots: readonly string[],
    options?: { signal?: AbortSignal; onProgress?: (progress: IndexProgress) => void },
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
  basicInfo(options?: { signal?: AbortSignal }): Promise<{
    imageCount: number;
    tags: readonly IndexTag[];
    expiredFolders: readonly string[];
  }>;
  /** Stored generation texts; paths that are not indexed are left out. */
  infotexts(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  createTag(name: string): Promise<IndexTag>;
  setTag(paths: readonly string[], tagId: number, action: 'add' | 'remove'): Promise<void>;
  /** Custom tags; images without one are left out. */
  tagsOf(paths: readonly string[]): Promise<ReadonlyMap<string, readonly IndexTag[]>>;
  extraPaths(): Promise<readonly IndexExtraPath[]>;
  addExtraPath(path: string, types: readonly IndexExtraPathType[]): Promise<void>;
  removeExtraPath(path: string, types: readonly IndexExtraPathType[]): Promise<void>;
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
  readonly removed: number;
  readonly unavailable: readonly string[];
  readonly failed: readonly { readonly path: string; readonly message: string }[];
}
