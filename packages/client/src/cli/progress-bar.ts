import { cutText } from './fit-text.ts';
import { printable } from './printable.ts';
import type { Screen } from './terminal.ts';

/** How far something is. */
export interface Progress {
  /** 0 to 1. */
  readonly part: number;
  /** What it is at, in a few words. */
  readonly label: string;
}

const BAR_WIDTH = 24;

/** How often a bar is drawn, in milliseconds. */
const INTERVAL = 80;

/** A bar on a terminal, drawn in place and gone at the end; elsewhere nothing. */
export function progressBar(screen: Screen): { show(progress: Progress): void; finish(): void } {
  if (screen.isTTY !== true) return { show() {}, finish() {} };
  let drawnAt = -Infinity;
  return {
    show({ part, label }) {
      const now = performance.now();
      if (now - drawnAt < INTERVAL) return;
      drawnAt = now;
      const filled = Math.round(Math.min(1, Math.max(0, part)) * BAR_WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
      const percent = `${Math.floor(part * 100)}%`.padStart(4);
      // One column is left free, for a full line would wrap.
      screen.write(`\r\x1b[K${cutText(`${bar} ${percent} ${printable(label)}`, (screen.columns ?? 80) - 1)}`);
    },
    finish() {
      if (drawnAt !== -Infinity) screen.write('\r\x1b[K');
    },
  };
}
