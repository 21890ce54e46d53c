import { isCancellationFlagSet } from './cancellation-flag.ts';
import { parentChannel, type Channel } from './channel.ts';
import { readyMethod, type Call, type Reply, type Request } from './messages.ts';
import type { CallContext, Methods } from './methods.ts';
import { serializeError } from './serialized-error.ts';
import { unwrap } from './transferred.ts';

export interface ServeOptions {
  /** Where calls come from. Default: the thread or process that started this one. */
  readonly channel?: Channel;
  /** What callers see in place of an error. Default: the error itself. */
  readonly translateError?: (error: unknown) => unknown;
  /** Is called before each call, with its context. */
  readonly beforeCall?: (context: CallContext<unknown>) => void;
}

/** Answers one call after the other, in the order in which they come, until the caller asks for the end. */
export function serveMethods(
  methods: Methods | Promise<Methods>,
  { channel = parentChannel(), translateError = (error) => error, beforeCall }: ServeOptions = {},
): void {
  const opened = Promise.resolve(methods);
  // Methods that cannot be made fail each call; they are no unhandled rejection before the first.
  opened.catch(() => undefined);
  let last: Promise<unknown> = Promise.resolve();
  channel.onMessage((message) => {
    const request = message as Request;
    last = last.then(() => ('end' in request ? channel.close() : answer(request)));
  });

  async function answer(call: Call): Promise<void> {
    const { id } = call;
    try {
      const { value, list } = unwrap(isCancellationFlagSet(call.flag) ? undefined : await result(call));
      channel.post({ type: 'done', id, value } satisfies Reply, list);
    } catch (error) {
      channel.post({ type: 'failed', id, error: serializeError(translateError(error)) } satisfies Reply);
    }
  }

  async function result({ id, method, input, flag }: Call): Promise<unknown> {
    const table = await opened;
    if (method === readyMethod) return undefined;
    const context: CallContext<unknown> = {
      report(progress) {
        const { value, list } = unwrap(progress);
        channel.post({ type: 'progress', id, progress: value } satisfies Reply, list);
      },
      isCancelled: () => isCancellationFlagSet(flag),
      flag,
    };
    const run = table[method];
    if (!run) throw new TypeError(`The worker has no method ${JSON.stringify(method)}`);
    beforeCall?.(context);
    return run(input as never, context as never);
  }
}

/** In a worker: tells the caller what it did not ask for. */
export function emitEvent(event: unknown, channel: Channel = parentChannel()): void {
  channel.post({ type: 'event', event } satisfies Reply);
}
