import type { Writable } from 'node:stream';

import type { IndexProgress } from '../image-index.ts';

/** How often progress is written in milliseconds: redrawn in place on a terminal, as lines elsewhere. */
const TERMINAL_INTERVAL = 100;
const LINE_INTERVAL = 2000;

/** Writes how far an index run is; `finish` ends the line. */
export function progressLine(output: Writable & { isTTY?: boolean }): {
  readonly show: (progress: IndexProgress) => void;
  readonly finish: () => void;
} {
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

function describe({ stage, done, total, rate }: IndexProgress): string {
  const count =
    total > 0 ? `${done.toLocaleString('en')} of ${total.toLocaleString('en')}` : done.toLocaleString('en');
  return `Indexing (${stage}): ${count} files, ${Math.round(rate).toLocaleString('en')} a second`;
}
