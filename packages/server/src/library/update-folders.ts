import type { Updates, IndexProgress, IndexSummary } from '@iib-kit/catalog';
import type { LibraryFolders } from './library-folders.ts';
import type { LinkTargets } from './library-links.ts';

export interface UpdateFoldersOptions {
  readonly library: Pick<LibraryFolders, 'folders' | 'onChange'>;
  readonly index: Pick<Updates, 'update'>;
  readonly linkTargets: LinkTargets;
  readonly signal: AbortSignal;
  readonly reread: boolean;
  readonly onProgress: (progress: IndexProgress) => void;
}

const nothing: IndexSummary = {
  added: 0,
  changed: 0,
  moved: 0,
  removed: 0,
  unchanged: 0,
  unavailable: [],
  linkedFolders: [],
  skippedLinks: [],
  failed: [],
  durationMs: 0,
};

/**
 * Brings the index up to date with the folders of the library as they are when it ends: goes on with those that are
 * added meanwhile, and leaves those that are taken out at once. What was done before it left one is not in the summary.
 */
export async function updateFolders(options: UpdateFoldersOptions): Promise<IndexSummary> {
  const { library, index, linkTargets, signal, reread, onProgress } = options;
  const updated = new Set<string>();
  let current: { readonly folders: readonly string[]; readonly leave: AbortController } | undefined;
  const unfollow = library.onChange(() => {
    const folders = new Set(library.folders());
    for (const folder of updated) if (!folders.has(folder)) updated.delete(folder);
    if (current?.folders.some((folder) => !folders.has(folder))) current.leave.abort();
  });
  try {
    let summary: IndexSummary | undefined;
    for (;;) {
      const folders = library.folders().filter((folder) => !updated.has(folder));
      if (folders.length === 0 && summary !== undefined) return summary;
      const leave = new AbortController();
      current = { folders, leave };
      try {
        const more = await index.update(folders, {
          signal: AbortSignal.any([signal, leave.signal]),
          reread,
          linkTargets,
          otherRoots: library.folders().filter((folder) => !folders.includes(folder)),
          onProgress,
        });
        summary = together(summary ?? nothing, more);
        // One that was taken out as the run ended may be back, with nothing of it in the index.
        if (!leave.signal.aborted) for (const folder of folders) updated.add(folder);
      } catch (error) {
        if (signal.aborted || !leave.signal.aborted) throw error;
      }
    }
  } finally {
    unfollow();
  }
}

function together(a: IndexSummary, b: IndexSummary): IndexSummary {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    moved: a.moved + b.moved,
    removed: a.removed + b.removed,
    unchanged: a.unchanged + b.unchanged,
    unavailable: [...a.unavailable, ...b.unavailable],
    linkedFolders: [...a.linkedFolders, ...b.linkedFolders],
    skippedLinks: [...a.skippedLinks, ...b.skippedLinks],
    failed: [...a.failed, ...b.failed],
    durationMs: a.durationMs + b.durationMs,
  };
}
