/** How many jobs of a kind run at once; the others wait. */
const runningAtOnce: Readonly<Record<string, number>> = { zip: 2, organize: 4 };
const RUNNING_AT_ONCE = 1;

/** Most jobs of a kind that wait. */
export const MAX_WAITING_JOBS = 100;

/** Lets work of a kind take turns, in the order in which it came. */
export interface KeyedLimiter {
  isFull(kind: string): boolean;
  /** Runs the work when it is its turn; rejects with the signal's reason when that aborts before. */
  take<T>(kind: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

interface Line {
  running: number;
  /** Called when it is their turn. */
  readonly waiting: Set<() => void>;
}

export function createKeyedLimiter(): KeyedLimiter {
  const lines = new Map<string, Line>();
  const lineOf = (kind: string): Line => {
    const line = lines.get(kind) ?? { running: 0, waiting: new Set() };
    lines.set(kind, line);
    return line;
  };
  const next = (kind: string, line: Line): void => {
    const limit = runningAtOnce[kind] ?? RUNNING_AT_ONCE;
    for (const begin of line.waiting) {
      if (line.running >= limit) return;
      line.waiting.delete(begin);
      line.running += 1;
      begin();
    }
  };
  return {
    isFull: (kind) => lineOf(kind).waiting.size >= MAX_WAITING_JOBS,
    async take(kind, signal, work) {
      const line = lineOf(kind);
      await new Promise<void>((resolve, reject) => {
        const begin = (): void => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
        const giveUp = (): void => {
          // One whose turn has come notices the signal itself.
          if (line.waiting.delete(begin)) reject(signal.reason as Error);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        line.waiting.add(begin);
        next(kind, line);
      });
      try {
        signal.throwIfAborted();
        return await work();
      } finally {
        line.running -= 1;
        next(kind, line);
      }
    },
  };
}
