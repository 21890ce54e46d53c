import type { Channel } from './channel.ts';
import { ChannelCaller, type CallerOptions } from './channel-caller.ts';
import type { Reply } from './messages.ts';
import type { MethodCaller } from './method-caller.ts';
import type { Methods } from './methods.ts';
import type { WorkerError } from './worker-error.ts';

/** The calling end of a thread or process. It keeps the program alive only while a call is pending. */
export interface WorkerClient<M extends Methods> extends MethodCaller<M> {
  /** Fulfilled once the worker answers calls; rejects with its reason where it cannot. */
  ready(): Promise<void>;
  /** How many calls the worker has not answered, cancelled ones included. */
  readonly pending: number;
  /** Whether the worker was told to end or ended by itself. */
  readonly isEnded: boolean;
  /** Listens to what the worker emits. */
  onEvent(listener: (event: unknown) => void): void;
  /** The process that it runs in; undefined for a thread. */
  readonly pid: number | undefined;
  /** Lets the program end although calls are pending, until the next call to a worker that has none. */
  unref(): void;
  /** Waits until the worker has answered every call, cancelled ones included, or has ended. */
  whenIdle(): Promise<void>;
  /** Ends the worker, and waits for that; pending calls reject with the reason at once. */
  end(reason: unknown): Promise<void>;
}

export interface WorkerOptions extends CallerOptions {
  /** What calls reject with where the worker is gone. Default: the `WorkerError` itself. */
  readonly failure?: ((error: WorkerError) => unknown) | undefined;
  /** Milliseconds that `end` lets the worker finish the calls that it has; then it is killed. Default 0. */
  readonly graceMs?: number | undefined;
}

/** What differs between a thread and a process. */
export interface WorkerHandle {
  readonly channel: Channel;
  /** Fulfilled with what there is to say about the end. */
  readonly ended: Promise<WorkerError>;
  readonly setRef: (keepsProgramAlive: boolean) => void;
  readonly kill: () => void;
  readonly pid?: number | undefined;
}

export function connectWorker<M extends Methods>(
  { channel, ended, setRef, kill, pid }: WorkerHandle,
  { failure = (error) => error, graceMs = 0, ...options }: WorkerOptions,
): WorkerClient<M> {
  const idleWaiters: (() => void)[] = [];
  let isEnded = false;
  const caller = new ChannelCaller<M>(channel, options, (isBusy) => {
    setRef(isBusy);
    if (!isBusy) for (const resume of idleWaiters.splice(0)) resume();
  });
  setRef(false);
  void failAtEnd();
  return {
    call: (method, input, callOptions) => caller.call(method, input, callOptions),
    ready: () => caller.ready(),
    get pending() {
      return caller.pending;
    },
    get isEnded() {
      return isEnded;
    },
    pid,
    unref: () => setRef(false),
    onEvent(listener) {
      channel.onMessage((message) => {
        const reply = message as Reply;
        if (reply.type === 'event') listener(reply.event);
      });
    },
    async whenIdle() {
      if (caller.pending > 0) await new Promise<void>((resolve) => idleWaiters.push(resolve));
    },
    async end(reason) {
      isEnded = true;
      caller.fail(reason);
      if (graceMs === 0) kill();
      else await endGracefully();
      await ended;
    },
  };

  async function failAtEnd(): Promise<void> {
    const error = await ended;
    isEnded = true;
    caller.fail(failure(error));
  }

  /** Killing a thread while a native module makes an error object aborts the program, so it is asked first. */
  async function endGracefully(): Promise<void> {
    setRef(true);
    channel.post({ end: true });
    const timer = setTimeout(kill, graceMs);
    await ended;
    clearTimeout(timer);
  }
}
