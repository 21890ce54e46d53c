import { fork, type ChildProcess } from 'node:child_process';

import { ThumbnailError } from '../thumbnail-error.ts';
import type { RenderReply, RenderResult, RenderTask } from './render-task.ts';

const startTimeoutMs = 30_000;

interface Current {
  readonly source: string;
  readonly timer: NodeJS.Timeout;
  resolve(value: RenderResult<RenderTask>): void;
  reject(reason: unknown): void;
}

/** A child process that decodes one file at a time, so that a hang or a crash costs that file only. */
export class RenderProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  #current: Current | undefined;
  /** Memory that the process held after its last task, in bytes. */
  rss = 0;
  alive = true;

  constructor() {
    this.#child = startChild();
    this.#ready = this.#untilReady();
    this.#child.on('message', (reply: RenderReply) => this.#receive(reply));
    this.#child.on('error', (error) => this.#ended(`could not go on: ${error.message}`));
    this.#child.on('exit', (code, signal) => this.#ended(`ended with ${signal ?? code}`));
  }

  /** @throws ThumbnailError what the task ran into, or timeout, crashed, renderer-unavailable */
  async run<T extends RenderTask>(task: T, timeoutMs: number): Promise<RenderResult<T>> {
    this.#hold(true);
    try {
      await this.#ready;
      // The process answers each kind of task with the result of that kind.
      return (await this.#perform(task, timeoutMs)) as RenderResult<T>;
    } finally {
      this.#hold(false);
    }
  }

  stop(): void {
    this.alive = false;
    this.#child.kill('SIGKILL');
  }

  #perform(task: RenderTask, timeoutMs: number): Promise<RenderResult<RenderTask>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#expire(timeoutMs), timeoutMs);
      this.#current = { source: task.source, timer, resolve, reject };
      this.#child.send(task, (error) => {
        if (error) this.#unreachable(error);
      });
    });
  }

  #receive(reply: RenderReply): void {
    if (reply.type !== 'done' && reply.type !== 'failed') return;
    this.rss = reply.rss;
    const current = this.#takeCurrent();
    if (!current) return;
    if (reply.type === 'done') current.resolve(reply.result);
    else current.reject(new ThumbnailError(reply.code, reply.message, { path: current.source }));
  }

  #expire(timeoutMs: number): void {
    const current = this.#takeCurrent();
    this.stop();
    const path = current?.source;
    const message = `${path} was given up after ${timeoutMs} ms`;
    current?.reject(new ThumbnailError('timeout', message, { path }));
  }

  /** It has ended before it heard of the file, which is therefore not to blame. */
  #unreachable(cause: Error): void {
    const message = `The render process cannot be reached: ${cause.message}`;
    this.stop();
    this.#takeCurrent()?.reject(new ThumbnailError('renderer-unavailable', message, { cause }));
  }

  #ended(how: string): void {
    this.alive = false;
    const current = this.#takeCurrent();
    const path = current?.source;
    const message = `${path}: the process that decoded it ${how}`;
    current?.reject(new ThumbnailError('crashed', message, { path }));
  }

  #takeCurrent(): Current | undefined {
    const current = this.#current;
    this.#current = undefined;
    clearTimeout(current?.timer);
    return current;
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

  /** Keeps the program alive while a task runs, and lets it end when none does. */
  #hold(busy: boolean): void {
    const method = busy ? 'ref' : 'unref';
    this.#child[method]();
    this.#child.channel?.[method]();
  }
}

function startChild(): ChildProcess {
  // Loaders and profilers of the program that we are part of have no business in there.
  const without = { NODE_OPTIONS: undefined, NODE_V8_COVERAGE: undefined };
  return fork(new URL('./render-child.js', import.meta.url), {
    execArgv: [],
    // Without it glibc keeps a heap for each thread, and memory grows with every kind of image.
    env: { ...process.env, ...without, MALLOC_ARENA_MAX: '2' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
