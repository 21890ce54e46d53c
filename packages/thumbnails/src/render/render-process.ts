import { fork, type ChildProcess } from 'node:child_process';

import { ThumbnailError } from '../thumbnail-error.ts';
import type { RenderReply, RenderResult, RenderTask } from './render-task.ts';

const startTimeoutMs = 30_000;

export interface RunOptions {
  /** How long the file may take. */
  readonly timeoutMs: number;
  /** Is called when only a file has to be written, so that the next task is at hand when that is done. */
  readonly onDrawn?: (() => void) | undefined;
}

interface Assigned {
  readonly source: string;
  readonly timeoutMs: number;
  timer?: NodeJS.Timeout;
  onDrawn(): void;
  resolve(value: RenderResult<RenderTask>): void;
  reject(reason: unknown): void;
}

/** The process ended before it began a task, which another one can do. */
export class NotBegun extends ThumbnailError {}

/**
 * A child process that decodes one file at a time, so that a hang or a crash costs that file only.
 * While it writes what it has drawn, it may have the next task already.
 */
export class RenderProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  /** In the order in which the process does them; the first is under way. */
  readonly #tasks: Assigned[] = [];
  #users = 0;
  /** Memory that the process held after its last task, in bytes. */
  rss = 0;
  alive = true;

  constructor(script: URL) {
    this.#child = startChild(script);
    this.#ready = this.#untilReady();
    this.#child.on('message', (reply: RenderReply) => this.#receive(reply));
    this.#child.on('error', (error) => this.#ended(`could not go on: ${error.message}`));
    this.#child.on('exit', (code, signal) => this.#ended(`ended with ${signal ?? code}`));
  }

  /** @throws ThumbnailError what the task ran into, or timeout, crashed, renderer-unavailable */
  async run<T extends RenderTask>(task: T, options: RunOptions): Promise<RenderResult<T>> {
    this.#use(1);
    try {
      await this.#ready;
      // The process answers each kind of task with the result of that kind.
      return (await this.#perform(task, options)) as RenderResult<T>;
    } finally {
      this.#use(-1);
    }
  }

  get busy(): boolean {
    return this.#users > 0;
  }

  stop(): void {
    this.alive = false;
    this.#child.kill('SIGKILL');
  }

  #perform(task: RenderTask, options: RunOptions): Promise<RenderResult<RenderTask>> {
    const { timeoutMs, onDrawn = () => undefined } = options;
    return new Promise((resolve, reject) => {
      const assigned: Assigned = { source: task.source, timeoutMs, onDrawn, resolve, reject };
      this.#tasks.push(assigned);
      if (this.#tasks.length === 1) this.#startTimer();
      this.#child.send(task, (error) => {
        if (error) this.#unreachable(assigned, error);
      });
    });
  }

  #startTimer(): void {
    const [first] = this.#tasks;
    if (first) first.timer = setTimeout(() => this.#expire(), first.timeoutMs);
  }

  #receive(reply: RenderReply): void {
    if (reply.type === 'ready' || reply.type === 'unavailable') return;
    this.rss = reply.rss;
    if (reply.type === 'drawn') return this.#tasks[0]?.onDrawn();
    const first = this.#takeFirst();
    if (!first) return;
    if (reply.type === 'done') first.resolve(reply.result);
    else first.reject(new ThumbnailError(reply.code, reply.message, { path: first.source }));
    this.#startTimer();
  }

  #expire(): void {
    const first = this.#takeFirst();
    this.stop();
    if (!first) return;
    const { source: path, timeoutMs } = first;
    first.reject(new ThumbnailError('timeout', `${path} was given up after ${timeoutMs} ms`, { path }));
    this.#passOn('was ended');
  }

  /** It has ended before it heard of the file, which is therefore not to blame. */
  #unreachable(task: Assigned, cause: Error): void {
    this.stop();
    const at = this.#tasks.indexOf(task);
    if (at !== -1) this.#tasks.splice(at, 1);
    clearTimeout(task.timer);
    task.reject(
      new NotBegun('renderer-unavailable', `The render process cannot be reached: ${cause.message}`, {
        cause,
      }),
    );
  }

  #ended(how: string): void {
    this.alive = false;
    const first = this.#takeFirst();
    const path = first?.source;
    const message = `${path}: the process that decoded it ${how}`;
    first?.reject(new ThumbnailError('crashed', message, { path }));
    this.#passOn(how);
  }

  #passOn(how: string): void {
    for (const task of this.#tasks.splice(0)) {
      task.reject(new NotBegun('renderer-unavailable', `The render process ${how}`));
    }
  }

  #takeFirst(): Assigned | undefined {
    const first = this.#tasks.shift();
    clearTimeout(first?.timer);
    return first;
  }

  #untilReady(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      const fail = (message: string): void => {
        clearTimeout(timer);
        this.stop();
        reject(new ThumbnailError('renderer-unavailable', `Cannot start rendering: ${message}`));
      };
      const timer = setTimeout(fail, startTimeoutMs, `no answer for ${startTimeoutMs} ms`);
      this.#child.once('error', (error) => fail(error.message));
      this.#child.once('exit', (code, signal) => fail(`the process ended with ${signal ?? code}`));
      this.#child.once('message', (reply: RenderReply) => {
        clearTimeout(timer);
        if (reply.type === 'unavailable') fail(reply.message);
        else resolve();
      });
    });
    // Whoever runs a task hears of it; a process that nobody waits for must not end the program.
    ready.catch(() => undefined);
    return ready;
  }

  /** Keeps the program alive while somebody waits for a task, and lets it end when nobody does. */
  #use(change: 1 | -1): void {
    this.#users += change;
    const method = this.#users > 0 ? 'ref' : 'unref';
    this.#child[method]();
    this.#child.channel?.[method]();
  }
}

function startChild(script: URL): ChildProcess {
  // Loaders and profilers of the program that we are part of have no business in there.
  const without = { NODE_OPTIONS: undefined, NODE_V8_COVERAGE: undefined };
  return fork(script, {
    execArgv: [],
    // Without it glibc keeps a heap for each thread, and memory grows with every kind of image.
    env: { ...process.env, ...without, MALLOC_ARENA_MAX: '2' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
