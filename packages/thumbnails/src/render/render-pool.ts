import type { RenderResult, RenderTask } from './render-task.ts';
import { RendererKilled, RenderProcess, TaskNotStarted, type RunOptions } from './render-process.ts';

export interface RenderPoolOptions {
  /** A process that holds more than this after a task is replaced, in bytes. */
  readonly maxProcessBytes: number;
  /** A process without work for this long is ended. */
  readonly idleMs: number;
  /** What the processes run, if not the renderer. */
  readonly script?: URL;
}

const renderChild = new URL('./render-child.js', import.meta.url);

/** Starts render processes as they are needed and keeps them for the next task. */
export class RenderPool {
  readonly #options: RenderPoolOptions;
  readonly #all = new Set<RenderProcess>();
  readonly #idle: RenderProcess[] = [];
  #idleTimer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: RenderPoolOptions) {
    this.#options = options;
  }

  /** @throws ThumbnailError what the task ran into, or timeout, crashed, renderer-unavailable */
  async run<T extends RenderTask>(task: T, options: RunOptions): Promise<RenderResult<T>> {
    try {
      return await this.#runOnce(task, options);
    } catch (error) {
      const mayGoWell = error instanceof TaskNotStarted || error instanceof RendererKilled;
      if (!mayGoWell || this.#stopped) throw error;
      return this.#runOnce(task, options);
    }
  }

  async #runOnce<T extends RenderTask>(
    task: T,
    { onDrawn, ...options }: RunOptions,
  ): Promise<RenderResult<T>> {
    const renderer = this.#take();
    let lent = true;
    const giveBack = (): void => {
      if (lent) this.#giveBack(renderer);
      lent = false;
    };
    const giveBackEarly = (): void => {
      giveBack();
      onDrawn?.();
    };
    try {
      return await renderer.run(task, { ...options, onDrawn: giveBackEarly });
    } finally {
      giveBack();
      this.#rest(renderer);
    }
  }

  get processes(): number {
    return this.#all.size;
  }

  stop(): void {
    this.#stopped = true;
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
    renderer ??= new RenderProcess(this.#options.script ?? renderChild);
    this.#all.add(renderer);
    return renderer;
  }

  #giveBack(renderer: RenderProcess): void {
    if (this.#isFit(renderer) && this.#all.has(renderer)) this.#idle.push(renderer);
  }

  #isFit(renderer: RenderProcess): boolean {
    return renderer.alive && renderer.rss <= this.#options.maxProcessBytes;
  }

  /** After a task: ends it when it is not fit for another one, and all of them when none comes. */
  #rest(renderer: RenderProcess): void {
    if (!renderer.busy && !this.#isFit(renderer)) this.#end(renderer);
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      for (const idle of this.#idle.filter(({ busy }) => !busy)) this.#end(idle);
    }, this.#options.idleMs).unref();
  }

  #end(renderer: RenderProcess): void {
    renderer.stop();
    this.#all.delete(renderer);
    const at = this.#idle.indexOf(renderer);
    if (at !== -1) this.#idle.splice(at, 1);
  }
}
