import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js';

import type { FileSummary } from '../../library/files/file-summary.ts';
import { activeList } from '../../library/lists/active-list.ts';
import { findInList } from '../../library/lists/find-in-list.ts';
import { IndexRanges } from '../../library/lists/index-ranges.ts';

/** Where an image is in the list that it was opened from, and its neighbours there. */
export interface IndexInList {
  readonly index: number;
  readonly count: number;
  readonly previous: FileSummary | undefined;
  readonly next: FileSummary | undefined;
}

/** Follows the list and the image; undefined while, or if, the image cannot be found in the list. */
export function useIndexInList(
  path: Accessor<string>,
  file: Accessor<FileSummary | undefined>,
): Accessor<IndexInList | undefined> {
  const list = () => activeList()?.list();
  // Changes with the list, which invalidates an index found before.
  const pages = createMemo(() => list()?.pages());
  const [found, setFound] = createSignal<{ readonly path: string; readonly index: number }>();
  createEffect(on(pages, () => setFound(undefined)));

  const index = createMemo(() => {
    if (path() === '') return undefined;
    return list()?.indexOf(path()) ?? (found()?.path === path() ? found()?.index : undefined);
  });
  createEffect(
    on([pages, file, () => index() === undefined], ([known, target, isMissing]) => {
      const present = list();
      if (present === undefined || known === undefined || target === undefined || !isMissing) return;
      const ending = new AbortController();
      onCleanup(() => ending.abort());
      const find = async () => {
        try {
          const at = await findInList(present, target, ending.signal);
          if (at !== undefined && !ending.signal.aborted) setFound({ path: target.fullpath, index: at });
        } catch {
          // The list reports its own failures; the image is shown without an index.
        }
      };
      void find();
    }),
  );
  // Fetches the neighbours, which may never have been on screen.
  createEffect(
    on([pages, index], ([, at]) => {
      const present = list();
      if (present === undefined || at === undefined) return;
      const ending = new AbortController();
      onCleanup(() => ending.abort());
      const neighbours = IndexRanges.of([[Math.max(0, at - 1), Math.min(present.count(), at + 2)]]);
      present.filesAt(neighbours, ending.signal).catch(() => {});
    }),
  );
  return createMemo((before: (IndexInList & { readonly path: string }) | undefined) => {
    const [present, at] = [list(), index()];
    if (present === undefined) return undefined;
    // The previous neighbours stay while a changed list is fetched again.
    const cached = before?.path === path() ? before : undefined;
    if (at === undefined) return cached;
    return {
      path: path(),
      index: at,
      count: present.count(),
      previous: at === 0 ? undefined : (present.fileAt(at - 1) ?? cached?.previous),
      next: at + 1 >= present.count() ? undefined : (present.fileAt(at + 1) ?? cached?.next),
    };
  });
}
