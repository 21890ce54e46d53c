import { trimFolder, folderRange } from '../text/folder-range.ts';
import { isWithin } from '../text/nested-path.ts';
import type { KnownFile, KnownFiles, KnownFolder } from './known-files.ts';
import { emptyPlan, planFolder, type ScanPlan } from './scan-plan.ts';
import { isSameFile, isThere, type Listing, TreeWalk, type WalkOptions } from './walk-tree.ts';

export interface WalkPlanOptions extends Omit<WalkOptions, 'enters' | 'roots' | 'isIndexedElsewhere'> {
  /** Called for each folder; throws to stop. */
  readonly onFolder?: (path: string, filesSeen: number) => void;
  /** Look into these folders alone, and into those in them that are not known yet. */
  readonly only?: readonly string[] | undefined;
  /** Plan to read what did not change too. */
  readonly reread?: boolean | undefined;
}

/** Walks the roots, or only some folders in them, and plans what an update has to do. */
export function walkPlan(
  roots: readonly string[],
  known: KnownFiles,
  options: WalkPlanOptions = {},
): ScanPlan {
  const absolute = roots.map(trimFolder);
  const starts = options.only?.map(trimFolder) ?? absolute;
  const others = options.otherRoots?.map(trimFolder) ?? [];
  const plan = emptyPlan();
  const folders = new Map<string, KnownFolder>();
  for (const start of starts)
    for (const folder of known.foldersUnder(start)) folders.set(folder.path, folder);
  const met = new Set<string>();
  const isPartial = options.only !== undefined;
  const walk = new TreeWalk(starts, {
    ...options,
    roots: absolute,
    ...(isPartial && { enters: (path, modified) => isToBeEntered(folders.get(path), modified) }),
    ...((isPartial || others.length > 0) && {
      isIndexedElsewhere: (path, file) =>
        isIndexedElsewhere(path, known.filesLike(file), isPartial ? [] : others),
    }),
  });
  // In a partial walk only what lies below a folder that was looked into can be found to be gone.
  const expected = new Set(isPartial ? [] : folders.keys());
  let seen = 0;
  for (const listing of walk) {
    if (!listing.available || isUnplugged(listing, absolute, { folders, known })) {
      if (!isPartial) plan.unavailable.push(listing.path);
    } else {
      planFolder(plan, listing, folders.get(listing.path), known, options.reread === true);
      seen += listing.files.length;
      if (isPartial) {
        for (const path of within(folders, listing.path)) {
          expected.add(path);
          // The folder that holds a link cannot tell what is behind it now.
          if (listing.isLink) met.delete(path);
        }
        // Those that are there are looked into when they change themselves.
        for (const folder of listing.folders) for (const path of within(folders, folder)) met.add(path);
      }
    }
    if (listing.available || !isPartial) met.add(listing.path);
    options.onFolder?.(listing.path, seen);
  }
  const gone = [...folders.values()].filter(({ path }) => expected.has(path) && !met.has(path));
  // Some systems take away the folder of a drive with it.
  plan.unavailable.push(...gone.filter(({ isMountPoint }) => isMountPoint).map(({ path }) => path));
  addLinks(plan, walk, gone);
  forgetGone(plan, gone, known);
  return plan;
}

/** Of folders that are known only links that lead elsewhere now are looked into, where a part of a tree is walked. */
function isToBeEntered(known: KnownFolder | undefined, targetModified: number | undefined): boolean {
  return known === undefined || (targetModified !== undefined && known.modified !== targetModified);
}

/** Whether a file is indexed by another path, in some folders or anywhere. */
function isIndexedElsewhere(path: string, alike: readonly KnownFile[], folders: readonly string[]): boolean {
  return alike.some(
    (row) =>
      row.path !== path &&
      (folders.length === 0 || folders.some((folder) => isWithin(row.path, folder))) &&
      isSameFile(row.path, path),
  );
}

/** A link that leads to nothing, where a folder was, is a drive that is away. */
function addLinks(
  plan: ScanPlan,
  { linkedFolders, skippedLinks }: Pick<TreeWalk, 'linkedFolders' | 'skippedLinks'>,
  gone: readonly KnownFolder[],
): void {
  plan.linkedFolders.push(...linkedFolders);
  const missed = new Set(gone.map(({ path }) => path));
  for (const link of skippedLinks) {
    if (link.reason === 'missing' && missed.has(link.path)) plan.unavailable.push(link.path);
    else plan.skippedLinks.push(link);
  }
}

// Enough to be sure of, and quickly asked for.
const mostLookedFor = 100;

/**
 * Whether a drive is gone that was there: what is left of it is a folder on the drive that holds it, or a folder of the
 * library, or one that a link leads to, without a medium or folder in it; and of the files that are known of it none is
 * there.
 */
function isUnplugged(
  listing: Extract<Listing, { available: true }>,
  roots: readonly string[],
  { folders, known }: { readonly folders: ReadonlyMap<string, KnownFolder>; readonly known: KnownFiles },
): boolean {
  const { path, isLink, isMountPoint } = listing;
  const wasMountPoint = folders.get(path)?.isMountPoint === true;
  const isBare = listing.files.length === 0 && listing.folders.length === 0;
  if (wasMountPoint ? isMountPoint : !(isBare && (isLink || roots.includes(path)))) return false;
  let looked = 0;
  for (const inside of within(folders, path)) {
    for (const file of known.filesOf(folders.get(inside)?.id ?? NaN)) {
      if (isThere(file.path)) return false;
      looked += 1;
      if (looked === mostLookedFor) return true;
    }
  }
  return looked > 0;
}

function within(folders: ReadonlyMap<string, KnownFolder>, folder: string): string[] {
  const { from, to } = folderRange(folder);
  return [...folders.keys()].filter((path) => path === folder || (path >= from && path < to));
}

/** A folder that was not met is gone, unless what holds it could not be looked into. */
function forgetGone(plan: ScanPlan, folders: readonly KnownFolder[], known: KnownFiles): void {
  const ranges = plan.unavailable.map(folderRange);
  for (const folder of folders) {
    if (plan.unavailable.includes(folder.path)) continue;
    if (ranges.some(({ from, to }) => folder.path >= from && folder.path < to)) continue;
    plan.missing.push(...known.filesOf(folder.id));
    plan.goneFailures.push(...known.failuresOf(folder.id).map((failure) => failure.path));
    plan.goneFolders.push({ id: folder.id, path: folder.path });
  }
}
