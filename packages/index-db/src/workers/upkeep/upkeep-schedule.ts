import type { UpkeepTask } from '../../sqlite/write/upkeep/upkeep-task.ts';

/** Milliseconds from the last call to the first slice. */
const quietMs = 500;
/** The most that a slice waits for others: where people search all day, there is one this often. */
const longestWaitMs = 2000;
/** The least pause between two slices, for what came meanwhile; one that took long is followed by a sixth of its time. */
const shortestPauseMs = 2;
/** How long after all was done it is looked at again: some work comes with time alone, or from another program. */
const restMs = 15 * 60_000;
/** How long a task that failed is left alone: what made it fail, such as a full disk, may last. */
const retryMs = 10 * 60_000;

export interface UpkeepParts {
  readonly tasks: readonly UpkeepTask[];
  /** Whether somebody waits for an answer, or did since this was asked last. */
  readonly isBusy: () => boolean;
  readonly runSlice: (task: UpkeepTask) => boolean;
  /** Is told what a slice threw; its task is left alone for a while then. */
  readonly onFailure: (task: UpkeepTask, error: unknown) => void;
}

/** Runs the tasks of a database while nobody waits, a slice at a time. It keeps no thread alive. */
export class UpkeepSchedule {
  readonly #parts: UpkeepParts;
  readonly #retryAt = new Map<UpkeepTask, number>();
  #timer: NodeJS.Timeout | undefined;
  #current = 0;
  #waitMs = quietMs;
  #wasCalled = false;
  #pauses = 0;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
    this.#lookAfter(quietMs);
  }

  /** To be called with each call that may have left something to do. */
  wake(): void {
    const rested = this.#isResting();
    this.#wasCalled = true;
    // What had nothing to do may have now.
    this.#current = 0;
    if (rested && this.#pauses === 0) this.#lookAfter(quietMs);
  }

  /** Nothing runs until the function that this gives is called. */
  pause(): () => void {
    this.#pauses += 1;
    return () => {
      this.#pauses -= 1;
      if (this.#pauses === 0) this.#lookAfter(quietMs);
    };
  }

  /** Nothing runs any more. */
  close(): void {
    this.#pauses = Infinity;
    clearTimeout(this.#timer);
  }

  #isResting(): boolean {
    return this.#current >= this.#parts.tasks.length;
  }

  #lookAfter(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), milliseconds);
    this.#timer.unref();
  }

  #look(): void {
    if (this.#pauses > 0) return;
    if (this.#isResting()) this.#current = 0;
    const isAsked = this.#parts.isBusy() || this.#wasCalled;
    this.#wasCalled = false;
    if (!isAsked) this.#waitMs = quietMs;
    else if (this.#waitMs < longestWaitMs) {
      this.#waitMs = Math.min(2 * this.#waitMs, longestWaitMs);
      this.#lookAfter(this.#waitMs);
      return;
    }
    const start = performance.now();
    if (!this.#runSlice()) this.#current += 1;
    if (this.#isResting()) this.#lookAfter(restMs);
    else
      this.#lookAfter(isAsked ? longestWaitMs : Math.max(shortestPauseMs, (performance.now() - start) / 6));
  }

  /** Whether the present task has more to do. */
  #runSlice(): boolean {
    const { tasks, runSlice, onFailure } = this.#parts;
    const task = tasks[this.#current];
    if (task === undefined || performance.now() < (this.#retryAt.get(task) ?? 0)) return false;
    try {
      return runSlice(task);
    } catch (error) {
      this.#retryAt.set(task, performance.now() + retryMs);
      onFailure(task, error);
      return false;
    }
  }
}
