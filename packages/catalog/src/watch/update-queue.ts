import type { Updates, WatchOptions } from '../roles/updates.ts';

/** Runs the updates of a watch over folders of the library one after the other. */
export interface UpdateQueue {
  add(roots: readonly string[], only?: readonly string[]): void;
  /** Stops the update that runs, leaves out those that wait, and resolves when nothing runs any more. */
  close(): Promise<void>;
}

export function createUpdateQueue(
  update: Updates['update'],
  { onUpdate, onError, linkTargets }: Pick<WatchOptions, 'onUpdate' | 'onError' | 'linkTargets'>,
  library: readonly string[],
): UpdateQueue {
  const closing = new AbortController();
  const { signal } = closing;
  let running: Promise<void> = Promise.resolve();

  async function run(roots: readonly string[], only?: readonly string[]): Promise<void> {
    if (signal.aborted || roots.length === 0) return;
    try {
      // Not within the call below, which would leave the update out where nobody asks for its summary.
      const otherRoots = library.filter((root) => !roots.includes(root));
      const summary = await update(roots, {
        signal,
        otherRoots,
        ...(only && { only }),
        ...(linkTargets && { linkTargets }),
      });
      onUpdate?.(summary);
    } catch (error) {
      if (!signal.aborted) onError?.(error);
    }
  }

  return {
    add(roots, only) {
      running = running.then(() => run(roots, only));
    },
    close() {
      closing.abort();
      return running;
    },
  };
}
