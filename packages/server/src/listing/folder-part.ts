/** What an entry of a folder is; links are not followed. */
export const entryKinds = { file: 0, folder: 1, link: 2 } as const;

/** Some entries of a folder, as columns: quick to hand from one thread to another. */
export interface FolderPart {
  readonly names: readonly string[];
  /** Values of `entryKinds`. */
  readonly kinds: Uint8Array;
  readonly bytes: Float64Array;
  /** Unix milliseconds. */
  readonly modified: Float64Array;
  /** Unix milliseconds; created where the system records it, else changed. */
  readonly created: Float64Array;
}

/** A part as a thread tells it: names that are not surely UTF-8 are bytes. */
export type ReadPart = Omit<FolderPart, 'names'> & { readonly names: readonly (string | Uint8Array)[] };
