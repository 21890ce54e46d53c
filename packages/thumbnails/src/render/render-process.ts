import { startProcess, WorkerError, type ReviveError, type WorkerClient } from '@iib-kit/threads';

import { ThumbnailError, type ThumbnailErrorCode } from '../thumbnail-error.ts';
import { cpuTimeMs } from './cpu-time.ts';
import type { RenderMethods } from './render-methods.ts';
import type { RenderResult, RenderTask } from './render-task.ts';

const startTimeoutMs = 30_000;

/** A process that computed for less than this share of its time was waiting for something else, such as a drive. */
const busyShare = 0.1;

export interface RunOptions {
  /** How long the file may take. */
  readonly timeoutMs: number;
  /** Is called when at most a file has to be written, so that the next task is at hand when that is done. */
  readonly onDrawn?: (() => void) | undefined;
  /** Is called when the process turns to the file. */
  readonly onBegun?: (() => void) | undefined;
  /** Tells when nobody waits any more: the program may then end in the middle of the task. */
  readonly whenLeft?: ((listener: () => void) => void) | undefined;
}

/** The process ended before it began the task, which another one can do. */
export class TaskNotStarted extends ThumbnailError {}

/** The process was killed from outside in the middle of a task, which another one may do. */
export class RendererKilled extends ThumbnailError {}

/** The file could not be read in time; that tells nothing of what is in it. */
export class RenderStalled extends ThumbnailError {}

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
  async run<T extends RenderTask>(
    task: T,
    { timeoutMs, onDrawn, onBegun, whenLeft }: RunOptions,
  ): Promise<RenderResult<T>> {
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
      if (!this.alive) return undefined;
      const startMs = cpuTimeMs(this.#worker.pid);
      timer = setTimeout(() => this.#expire(path, timeoutMs, startMs), timeoutMs).unref();
      onBegun?.();
      return undefined;
    });
    whenLeft?.(() => this.#worker.unref());
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

  #expire(path: string, timeoutMs: number, startMs: number | undefined): void {
    const endMs = cpuTimeMs(this.#worker.pid);
    const isKnown = startMs !== undefined && endMs !== undefined;
    const hasWaited = isKnown && endMs - startMs < timeoutMs * busyShare;
    const FailureClass = hasWaited ? RenderStalled : ThumbnailError;
    const message = `${path} was given up after ${timeoutMs} ms`;
    void this.#worker.end(new FailureClass('timeout', message, { path }));
  }
}

const reviveError: ReviveError = ({ name, message, properties }) => {
  if (name !== 'ThumbnailError') return undefined;
  const { code, path } = properties as { code: ThumbnailErrorCode; path?: string };
  // A program that it waited for was ended for its time.
  const FailureClass = code === 'timeout' ? RenderStalled : ThumbnailError;
  return new FailureClass(code, message, { path });
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
