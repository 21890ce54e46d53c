import { startProcess, WorkerError, type ReviveError, type WorkerClient } from '@iib-kit/threads';

import { ThumbnailError, type ThumbnailErrorCode } from '../thumbnail-error.ts';
import type { RenderMethods } from './render-methods.ts';
import type { RenderResult, RenderTask } from './render-task.ts';

const startTimeoutMs = 30_000;

export interface RunOptions {
  /** How long the file may take. */
  readonly timeoutMs: number;
  /** Is called when at most a file has to be written, so that the next task is at hand when that is done. */
  readonly onDrawn?: (() => void) | undefined;
}

/** The process ended before it began the task, which another one can do. */
export class TaskNotStarted extends ThumbnailError {}

/** The process was killed from outside in the middle of a task, which another one may do. */
export class RendererKilled extends ThumbnailError {}

// What a decoder does to its own process is SIGSEGV, SIGABRT, SIGBUS, SIGILL or SIGFPE.
const outsideSignals: ReadonlySet<unknown> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']);

/**
 * A child process that decodes one file at a time, so that a hang or a crash costs that file only.
 * While it writes what it has drawn, it may have the next task already.
 */
export class RenderProcess {
  readonly #worker: WorkerClient<RenderMethods>;
  readonly #ready: Promise<void>;
  /** Fulfilled when the task that came last is over. */
  #last: Promise<unknown> = Promise.resolve();
  /** Memory that the process held after its last task, in bytes. */
  rss = 0;

  constructor(script: URL) {
    this.#worker = startProcess<RenderMethods>(script, {
      reviveError,
      env: {
        // Loaders and profilers of the program that we are part of have no business in there.
        NODE_OPTIONS: undefined,
        NODE_V8_COVERAGE: undefined,
        // Without it glibc keeps a heap for each thread, and memory grows with every kind of image.
        MALLOC_ARENA_MAX: '2',
      },
    });
    this.#ready = this.#start();
    // Each task rejects with it; without a task it must not be an unhandled rejection.
    this.#ready.catch(() => undefined);
  }

  get alive(): boolean {
    return !this.#worker.isEnded;
  }

  get busy(): boolean {
    return this.#worker.pending > 0;
  }

  /** @throws ThumbnailError what the task ran into, or timeout, crashed, renderer-unavailable */
  async run<T extends RenderTask>(task: T, { timeoutMs, onDrawn }: RunOptions): Promise<RenderResult<T>> {
    await this.#ready;
    const { source: path } = task;
    const previous = this.#last;
    const result = this.#worker.call('render', task, {
      onProgress: (rss) => {
        this.rss = rss;
        onDrawn?.();
      },
    });
    this.#last = result.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    void previous.then(() => {
      if (this.alive) timer = setTimeout(() => this.#expire(path, timeoutMs), timeoutMs);
      return undefined;
    });
    try {
      // The process answers each kind of task with the result of that kind.
      return (await result) as RenderResult<T>;
    } catch (error) {
      throw asRunError(error, path, timer !== undefined);
    } finally {
      clearTimeout(timer);
    }
  }

  stop(): void {
    void this.#worker.end(new WorkerError('ended', 'The process was ended'));
  }

  async #start(): Promise<void> {
    const timer = setTimeout(() => {
      void this.#worker.end(new WorkerError('ended', `The process did not answer for ${startTimeoutMs} ms`));
    }, startTimeoutMs);
    try {
      await this.#worker.ready();
    } catch (cause) {
      this.stop();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ThumbnailError('renderer-unavailable', `Cannot start rendering: ${reason}`, { cause });
    } finally {
      clearTimeout(timer);
    }
  }

  #expire(path: string, timeoutMs: number): void {
    const message = `${path} was given up after ${timeoutMs} ms`;
    void this.#worker.end(new ThumbnailError('timeout', message, { path }));
  }
}

const reviveError: ReviveError = ({ name, message, properties }) => {
  if (name !== 'ThumbnailError') return undefined;
  const { code, path } = properties as { code: ThumbnailErrorCode; path?: string };
  return new ThumbnailError(code, message, { path });
};

/** Only the file that was decoded when the process ended is to blame for that. */
function asRunError(error: unknown, path: string, hasBegun: boolean): unknown {
  if (!(error instanceof Error)) return error;
  if (!hasBegun || (error instanceof WorkerError && error.code === 'unreachable')) {
    return new TaskNotStarted('renderer-unavailable', `Rendering did not start: ${error.message}`, {
      cause: error,
    });
  }
  if (!(error instanceof WorkerError)) return error;
  const FailureClass = outsideSignals.has(error.signal) ? RendererKilled : ThumbnailError;
  return new FailureClass('crashed', `Decoding ${path} failed: ${error.message}`, { path, cause: error });
}
