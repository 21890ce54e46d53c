import { trimFolder, folderRange } from '../search/folder-range.ts';
import type { KnownFiles, KnownFolder } from './known-files.ts';
import { emptyPlan, planFolder, type ScanPlan } from './scan-plan.ts';
import { TreeWalk, type WalkOptions } from './walk-tree.ts';

export interface WalkPlanOptions extends WalkOptions {
  /** Called for each folder; throws to stop. */
  readonly onFolder?: (path: string, filesSeen: number) => void;
}

/** Walks the roots and plans what an update has to do. */
export function walkPlan(
  roots: readonly string[],
  known: KnownFiles,
  options: WalkPlanOptions = {},
): ScanPlan {
  const plan = emptyPlan();
  const folders = new Map<string, KnownFolder>();
  const absolute = roots.map(trimFolder);
  for (const root of absolute)
    for (const folder of known.foldersUnder(root)) folders.set(folder.path, folder);
  const gone = new Map(folders);
  let seen = 0;
  for (const listing of new TreeWalk(absolute, options)) {
    gone.delete(listing.path);
    if (listing.available) {
      planFolder(plan, listing, folders.get(listing.path), known);
      seen += listing.files.length;
    } else {
      plan.unavailable.push(listing.path);
    }
    options.onFolder?.(listing.path, seen);
  }
  forgetGone(plan, [...gone.values()], known);
  return plan;
}

/** A folder that was not met is gone, unless what holds it could not be looked into. */
function forgetGone(plan: ScanPlan, folders: readonly KnownFolder[], known: KnownFiles): void {
  const ranges = plan.unavailable.map(folderRange);
  for (const folder of folders) {
    if (ranges.some(({ from, to }) => folder.path >= from && folder.path < to)) continue;
    plan.missing.push(...known.filesOf(folder.id));
    plan.goneFailures.push(...known.failuresOf(folder.id).map((failure) => failure.path));
    plan.goneFolders.push(folder.id);
  }
}
