import type { Writable } from 'node:stream';

/** How often progress is written in milliseconds: redrawn in place on a terminal, as lines elsewhere. */
const TERMINAL_INTERVAL = 100;
const LINE_INTERVAL = 2000;

/** Writes how far a run is, in the words of `describe`; `finish` clears the line. */
export function progressLine<Progress>(
  output: Writable & { isTTY?: boolean },
  describe: (progress: Progress) => string,
): { readonly show: (progress: Progress) => void; readonly finish: () => void } {
  const isTerminal = output.isTTY === true;
  const interval = isTerminal ? TERMINAL_INTERVAL : LINE_INTERVAL;
  let shownAt = isTerminal ? -Infinity : performance.now();
  let isOpen = false;
  return {
    show(progress) {
      const now = performance.now();
      if (now - shownAt < interval) return;
      shownAt = now;
      isOpen = isTerminal;
      output.write(isTerminal ? `\r\x1b[K${describe(progress)}` : `${describe(progress)}\n`);
    },
    finish() {
      if (isOpen) output.write('\r\x1b[K');
    },
  };
}

/** `12,345 of 20,000`, or `12,345` while the total is not known. */
export function counted(done: number, total: number | undefined): string {
  const counts = [done, ...(total === undefined || total === 0 ? [] : [total])];
  return counts.map((count) => count.toLocaleString('en')).join(' of ');
}
