import type { IndexProgress } from '../roles/updates.ts';

const reportEveryMs = 200;

/** Reports progress a few times per second, whatever the number of files. */
export class ProgressMeter {
  readonly #report: (progress: IndexProgress) => void;
  #stage: IndexProgress['stage'] = 'walking';
  #stageStart = performance.now();
  #lastReport = 0;

  constructor(report: (progress: IndexProgress) => void) {
    this.#report = report;
  }

  /** Starts a stage and reports it at once. */
  begin(stage: IndexProgress['stage'], total: number, path = ''): void {
    this.#stage = stage;
    this.#stageStart = performance.now();
    this.#lastReport = 0;
    this.advance(0, total, path);
  }

  /** Reports unless the last report is too near; the end of a stage is always reported. */
  advance(done: number, total: number, path: string): void {
    const now = performance.now();
    if (now - this.#lastReport < reportEveryMs && done !== total) return;
    this.#lastReport = now;
    const seconds = (now - this.#stageStart) / 1000;
    this.#report({ stage: this.#stage, done, total, rate: seconds > 0 ? done / seconds : 0, path });
  }
}
