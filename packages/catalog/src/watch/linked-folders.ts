import type { IndexSummary, UpdateOptions } from '../roles/updates.ts';
import { isWithin } from '../text/nested-path.ts';

/** Links to folders that the updates of an index followed: a watch of the roots hears nothing of what they lead to. */
export class LinkedFolders {
  readonly #paths = new Set<string>();
  readonly #listeners = new Set<() => void>();

  /** Those below these folders. */
  below(roots: readonly string[]): readonly string[] {
    return [...this.#paths].filter((path) => roots.some((root) => isWithin(path, root)));
  }

  /** Takes in what an update found. */
  note(
    roots: readonly string[],
    { only }: Pick<UpdateOptions, 'only'>,
    { linkedFolders }: IndexSummary,
  ): void {
    const before = this.#paths.size;
    const found = new Set(linkedFolders);
    let isChanged = false;
    // Parts of the roots tell nothing of links in the others.
    const gone = only === undefined ? this.below(roots).filter((path) => !found.has(path)) : [];
    for (const path of gone) isChanged = this.#paths.delete(path) || isChanged;
    for (const path of found) this.#paths.add(path);
    if (isChanged || this.#paths.size !== before) for (const listener of this.#listeners) listener();
  }

  /** Calls the listener when there are others, until the answer is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
