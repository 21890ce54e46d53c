import type { SkippedLink } from '../roles/updates.ts';
import { childPath } from '../text/nested-path.ts';
import type { KnownFile, KnownFiles, KnownFolder } from './known-files.ts';
import type { PlannedFile } from './planned-file.ts';
import { PlannedFiles } from './planned-files.ts';
import type { FolderState, MissingRow } from './scanned-file.ts';
import type { FoundFile, Listing } from './walk-tree.ts';

/** A file whose size or time is no longer that of its row. */
export interface ChangedFile {
  readonly row: KnownFile;
  readonly file: PlannedFile;
}

/** What a walk found out: what to read, what is gone, what to remember. */
export interface ScanPlan {
  readonly files: PlannedFiles;
  /** Of `files` none: whether their rows are theirs is to be found out first. */
  readonly changed: ChangedFile[];
  readonly missing: KnownFile[];
  readonly goneFailures: string[];
  readonly goneFolders: MissingRow[];
  readonly folders: FolderState[];
  readonly unavailable: string[];
  readonly linkedFolders: string[];
  readonly skippedLinks: SkippedLink[];
  unchanged: number;
}

export function emptyPlan(): ScanPlan {
  return {
    files: new PlannedFiles(),
    changed: [],
    missing: [],
    goneFailures: [],
    goneFolders: [],
    folders: [],
    unavailable: [],
    linkedFolders: [],
    skippedLinks: [],
    unchanged: 0,
  };
}

const isSame = (a: { bytes: number; modified: number }, b: FoundFile): boolean =>
  a.bytes === b.bytes && a.modified === b.modified;

// A row without a fingerprint came from IIB and has not been read by us.
const isKnown = (row: KnownFile, file: FoundFile): boolean =>
  row.fingerprint !== null && isSame(row, file) && (row.sidecar ?? 0) === file.sidecar;

/** Compares one folder with what is known of it. */
export function planFolder(
  plan: ScanPlan,
  listing: Extract<Listing, { available: true }>,
  known: KnownFolder | undefined,
  files: KnownFiles,
  reread: boolean,
): void {
  const isUnchanged = !reread && known !== undefined && known.manifest === listing.manifest;
  // Also when only its time changed, else the folder would count as expired for ever.
  const { path: folder, modified, manifest, isMountPoint } = listing;
  if (!isUnchanged || known?.modified !== modified || known.isMountPoint !== isMountPoint) {
    plan.folders.push({ path: folder, modified, manifest, isMountPoint });
  }
  if (isUnchanged) {
    plan.unchanged += listing.files.length;
    return;
  }
  const rows = new Map(known === undefined ? [] : files.filesOf(known.id).map((row) => [row.path, row]));
  const failures = new Map(
    known === undefined ? [] : files.failuresOf(known.id).map((row) => [row.path, row]),
  );
  for (const file of listing.files) {
    const path = childPath(listing.path, file.name);
    const row = rows.get(path);
    const failure = failures.get(path);
    rows.delete(path);
    failures.delete(path);
    if (row !== undefined && !reread && isKnown(row, file)) plan.unchanged += 1;
    else if (reread || failure === undefined || failure.reason === 'unreadable' || !isSame(failure, file)) {
      const planned = { ...file, folder: listing.path, id: row?.id };
      if (row === undefined || row.fingerprint === null || isSame(row, file)) plan.files.add(planned);
      else plan.changed.push({ row, file: planned });
    }
  }
  plan.missing.push(...rows.values());
  plan.goneFailures.push(...failures.keys());
}
