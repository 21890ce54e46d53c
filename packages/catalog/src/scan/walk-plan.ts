import { trimFolder, folderRange } from '../text/folder-range.ts';
import type { KnownFiles, KnownFolder } from './known-files.ts';
import { emptyPlan, planFolder, type ScanPlan } from './scan-plan.ts';
import { type Listing, TreeWalk, type WalkOptions } from './walk-tree.ts';

export interface WalkPlanOptions extends WalkOptions {
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
  const plan = emptyPlan();
  const folders = new Map<string, KnownFolder>();
  for (const start of starts)
    for (const folder of known.foldersUnder(start)) folders.set(folder.path, folder);
  const met = new Set<string>();
  const isPartial = options.only !== undefined;
  const walk = new TreeWalk(starts, {
    ...options,
    within: absolute,
    ...(isPartial && { enters: (path) => !folders.has(path) }),
  });
  // In a partial walk only what lies below a folder that was looked into can be found to be gone.
  const expected = new Set(isPartial ? [] : folders.keys());
  let seen = 0;
  for (const listing of walk) {
    if (!listing.available || isUnplugged(listing, absolute, folders)) {
      if (!isPartial) plan.unavailable.push(listing.path);
    } else {
      planFolder(plan, listing, folders.get(listing.path), known, options.reread === true);
      seen += listing.files.length;
      if (isPartial) {
        for (const path of within(folders, listing.path)) expected.add(path);
        // Those that are there are looked into when they change themselves.
        for (const folder of listing.folders) for (const path of within(folders, folder)) met.add(path);
      }
    }
    if (listing.available || !isPartial) met.add(listing.path);
    options.onFolder?.(listing.path, seen);
  }
  const gone = [...folders.values()].filter(({ path }) => expected.has(path) && !met.has(path));
  forgetGone(plan, gone, known);
  return plan;
}

/** A drive that is not plugged in leaves an empty folder where it used to be. */
function isUnplugged(
  { path, isEmpty }: Extract<Listing, { available: true }>,
  roots: readonly string[],
  folders: ReadonlyMap<string, KnownFolder>,
): boolean {
  return isEmpty && roots.includes(path) && folders.has(path);
}

function within(folders: ReadonlyMap<string, KnownFolder>, folder: string): string[] {
  const { from, to } = folderRange(folder);
  return [...folders.keys()].filter((path) => path === folder || (path >= from && path < to));
}

/** A folder that was not met is gone, unless what holds it could not be looked into. */
function forgetGone(plan: ScanPlan, folders: readonly KnownFolder[], known: KnownFiles): void {
  const ranges = plan.unavailable.map(folderRange);
  for (const folder of folders) {
    if (ranges.some(({ from, to }) => folder.path >= from && folder.path < to)) continue;
    plan.missing.push(...known.filesOf(folder.id));
    plan.goneFailures.push(...known.failuresOf(folder.id).map((failure) => failure.path));
    plan.goneFolders.push({ id: folder.id, path: folder.path });
  }
}
