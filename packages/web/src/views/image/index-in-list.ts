import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js';

import { findInList } from '../../library/lists/find-in-list.ts';
import { IndexRanges } from '../../library/lists/index-ranges.ts';
import { activeList } from '../../library/lists/active-list.ts';
import type { FileSummary } from '../../library/files/file-summary.ts';

/** Where an image is in the list that it was opened from, and what stands beside it there. */
export interface IndexInList {
  readonly position: number;
  readonly count: number;
  readonly previous: FileSummary | undefined;
  readonly next: FileSummary | undefined;
}

/** Follows the list and the image; undefined while, or where, the image is not known to be in it. */
export function useIndexInList(
  path: Accessor<string>,
  file: Accessor<FileSummary | undefined>,
): Accessor<IndexInList | undefined> {
  const list = () => activeList()?.list();
  /** Changes when the list does: then what was found is not where it was. */
  const blocks = createMemo(() => list()?.pages());
  const [found, setFound] = createSignal<{ readonly path: string; readonly position: number }>();
  createEffect(on(blocks, () => setFound(undefined)));

  const position = createMemo(() => {
    if (path() === '') return undefined;
    const known = list()?.indexOf(path());
    if (known !== undefined) return known;
    return found()?.path === path() ? found()?.position : undefined;
  });
  createEffect(
    on([blocks, file, () => position() === undefined], ([known, wanted, isMissing]) => {
      const present = list();
      if (present === undefined || known === undefined || wanted === undefined || !isMissing) return;
      const ending = new AbortController();
      onCleanup(() => ending.abort());
      const find = async () => {
        try {
          const at = await findInList(present, wanted, ending.signal);
          if (at !== undefined && !ending.signal.aborted) setFound({ path: wanted.fullpath, position: at });
        } catch {
          // The list says by itself what is wrong; the image is shown without a place in it.
        }
      };
      void find();
    }),
  );
  // What stands beside it may not have been looked at yet.
  createEffect(
    on([blocks, position], ([, at]) => {
      const present = list();
      if (present === undefined || at === undefined) return;
      const ending = new AbortController();
      onCleanup(() => ending.abort());
      const beside = IndexRanges.of([[Math.max(0, at - 1), Math.min(present.count(), at + 2)]]);
      present.filesAt(beside, ending.signal).catch(() => {});
    }),
  );
  return createMemo((before: (IndexInList & { readonly path: string }) | undefined) => {
    const [present, at] = [list(), position()];
    if (present === undefined) return undefined;
    // While a changed list is read again, what stood beside it does.
    const kept = before?.path === path() ? before : undefined;
    if (at === undefined) return kept;
    return {
      path: path(),
      position: at,
      count: present.count(),
      previous: at === 0 ? undefined : (present.fileAt(at - 1) ?? kept?.previous),
      next: at + 1 >= present.count() ? undefined : (present.fileAt(at + 1) ?? kept?.next),
    };
  });
}
