import { createCancellationFlag, setCancellationFlag } from './cancellation-flag.ts';
import type { Channel } from './channel.ts';
import { type Call, readyMethod, type Reply } from './messages.ts';
import type { CallOptions, MethodCaller } from './method-caller.ts';
import type { InputOf, Methods, OutputOf, ProgressOf } from './methods.ts';
import { deserializeError, type ReviveError } from './serialized-error.ts';
import { WorkerError } from './worker-error.ts';

export interface CallerOptions {
  /** Makes the errors of a package again from what has travelled. */
  readonly reviveError?: ReviveError | undefined;
}

interface PendingCall {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  onProgress: ((progress: never) => void) | undefined;
}

/** Calls the methods that are served at the other end of a channel. */
export class ChannelCaller<M extends Methods> implements MethodCaller<M> {
  readonly #channel: Channel;
  readonly #reviveError: ReviveError;
  readonly #onBusy: (isBusy: boolean) => void;
  readonly #pending = new Map<number, PendingCall>();
  #nextId = 1;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    channel: Channel,
    { reviveError = () => undefined }: CallerOptions = {},
    onBusy: (isBusy: boolean) => void = () => undefined,
  ) {
    this.#channel = channel;
    this.#reviveError = reviveError;
    this.#onBusy = onBusy;
    channel.onMessage((message) => this.#receive(message as Reply));
  }

  /** How many calls the other end has not answered, cancelled ones included. */
  get pending(): number {
    return this.#pending.size;
  }

  async call<K extends keyof M & string>(
    method: K,
    input: InputOf<M, K>,
    options: CallOptions<ProgressOf<M, K>> = {},
  ): Promise<OutputOf<M, K>> {
    return (await this.#call(method, input, options)) as OutputOf<M, K>;
  }

  /** Fulfilled once the other end answers calls; rejects with its reason where it cannot. */
  async ready(): Promise<void> {
    await this.#call(readyMethod, undefined, {});
  }

  /** Fails everything that waits, and whatever is called from now on. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    for (const id of this.#pending.keys()) this.#take(id)?.reject(this.#failure.error);
  }

  async #call(
    method: string,
    input: unknown,
    { signal, onProgress, transfer }: CallOptions<never>,
  ): Promise<unknown> {
    if (this.#failure) throw this.#failure.error;
    signal?.throwIfAborted();
    const flag = signal && this.#channel.sharesMemory ? createCancellationFlag() : undefined;
    return new Promise((resolve, reject) => {
      const pending: PendingCall = { resolve, reject, onProgress };
      if (signal) rejectOnAbort(pending, signal, flag);
      this.#send({ id: this.#nextId++, method, input, ...(flag && { flag }) }, pending, transfer);
    });
  }

  #send(call: Call, pending: PendingCall, list: CallOptions['transfer']): void {
    this.#pending.set(call.id, pending);
    if (this.#pending.size === 1) this.#onBusy(true);
    try {
      this.#channel.post(call, list, (cause) => {
        const error = new WorkerError('unreachable', `The worker is gone: ${cause.message}`, { cause });
        this.#take(call.id)?.reject(error);
      });
    } catch (error) {
      // The input cannot be cloned.
      this.#take(call.id)?.reject(error);
    }
  }

  #take(id: number): PendingCall | undefined {
    const pending = this.#pending.get(id);
    if (this.#pending.delete(id) && this.#pending.size === 0) this.#onBusy(false);
    return pending;
  }

  #receive(reply: Reply): void {
    switch (reply.type) {
      case 'progress':
        return this.#pending.get(reply.id)?.onProgress?.(reply.progress as never);
      case 'done':
        return this.#take(reply.id)?.resolve(reply.value);
      case 'failed':
        return this.#take(reply.id)?.reject(deserializeError(reply.error, this.#reviveError));
      case 'event':
        return;
      default:
        return reply satisfies never;
    }
  }
}

/** The call stays pending: the other end is busy with it until it answers. */
function rejectOnAbort(pending: PendingCall, signal: AbortSignal, flag: Int32Array | undefined): void {
  const { resolve, reject } = pending;
  const abort = () => {
    if (flag) setCancellationFlag(flag);
    pending.onProgress = undefined;
    reject(signal.reason);
  };
  const stopListening = () => signal.removeEventListener('abort', abort);
  pending.resolve = (value) => (stopListening(), resolve(value));
  pending.reject = (error) => (stopListening(), reject(error));
  signal.addEventListener('abort', abort, { once: true });
}
