/** A file as it is stored; a fingerprint is missing where it was never read by us. */
export interface KnownFile {
  readonly id: number;
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
  readonly fingerprint: number | null;
  readonly sidecar: number | null;
}

export interface KnownFolder {
  readonly id: number;
  readonly path: string;
  readonly modified: number | null;
  readonly manifest: number | null;
  /** Whether it lay on another drive than the folder that holds it when it was last read. */
  readonly isMountPoint: boolean;
}

export interface KnownFailure {
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
  readonly reason: string;
}

/** What a scan asks of an engine before it reads: what is stored of the tree. */
export interface KnownFiles {
  filesOf(folderId: number): readonly KnownFile[];
  failuresOf(folderId: number): readonly KnownFailure[];
  /** Of any folder, those of this size and time. */
  filesLike(file: Pick<KnownFile, 'bytes' | 'modified'>): readonly KnownFile[];
  /** The folder itself, and those in it at any depth. */
  foldersUnder(root: string): readonly KnownFolder[];
}
