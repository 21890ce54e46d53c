// A burst is over when nothing came for this long, or is cut after the second time.
const settleMs = 300;
const longestBurstMs = 1200;

/** Gathers the folders of events that come together. */
export interface EventBurst {
  add(folder: string): void;
  close(): void;
}

export function createEventBurst(onEnd: (folders: readonly string[]) => void): EventBurst {
  const changed = new Set<string>();
  let start = 0;
  let timer: NodeJS.Timeout | undefined;

  function end(): void {
    timer = undefined;
    const folders = [...changed];
    changed.clear();
    onEnd(folders);
  }

  return {
    add(folder) {
      const now = performance.now();
      if (changed.size === 0) start = now;
      changed.add(folder);
      clearTimeout(timer);
      timer = setTimeout(end, Math.max(0, Math.min(settleMs, start + longestBurstMs - now)));
    },
    close: () => clearTimeout(timer),
  };
}
