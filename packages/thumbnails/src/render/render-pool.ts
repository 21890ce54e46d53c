import type { RenderResult, RenderTask } from './render-task.ts';
import { RenderProcess } from './render-process.ts';

export interface RenderPoolOptions {
  /** A process that holds more than this after a task is replaced, in bytes. */
  readonly maxProcessBytes: number;
  /** A process without work for this long is ended. */
  readonly idleMs: number;
}

/** Starts render processes as they are needed and keeps them for the next task. */
export class RenderPool {
  readonly #options: RenderPoolOptions;
  readonly #all = new Set<RenderProcess>();
  readonly #idle: RenderProcess[] = [];
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(options: RenderPoolOptions) {
    this.#options = options;
  }

  async run<T extends RenderTask>(task: T, timeoutMs: number): Promise<RenderResult<T>> {
    const renderer = this.#take();
    try {
      return await renderer.run(task, timeoutMs);
    } finally {
      this.#giveBack(renderer);
    }
  }

  get processes(): number {
    return this.#all.size;
  }

  stop(): void {
    clearTimeout(this.#idleTimer);
    for (const renderer of this.#all) renderer.stop();
    this.#all.clear();
    this.#idle.length = 0;
  }

  #take(): RenderProcess {
    // The one that worked last is warm; the others may grow idle enough to end.
    let renderer = this.#idle.pop();
    while (renderer && !renderer.alive) {
      this.#all.delete(renderer);
      renderer = this.#idle.pop();
    }
    renderer ??= new RenderProcess();
    this.#all.add(renderer);
    return renderer;
  }

  #giveBack(renderer: RenderProcess): void {
    if (!renderer.alive || renderer.rss > this.#options.maxProcessBytes) {
      renderer.stop();
      this.#all.delete(renderer);
    } else if (this.#all.has(renderer)) {
      this.#idle.push(renderer);
    }
    this.#scheduleRest();
  }

  #scheduleRest(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      for (const renderer of this.#idle.splice(0)) {
        renderer.stop();
        this.#all.delete(renderer);
      }
    }, this.#options.idleMs).unref();
  }
}
