import type { MessagePort, TransferListItem, Worker } from 'node:worker_threads';
import { IndexError, type IndexErrorCode, type IndexErrorDetails } from '@iib-kit/catalog';

/** Methods that one thread offers to another: each takes one cloneable value and gives one. */
export type Methods = Readonly<Record<string, (input: never) => unknown>>;
export type InputOf<M extends Methods, K extends keyof M> = Parameters<M[K]>[0];
export type OutputOf<M extends Methods, K extends keyof M> = Awaited<ReturnType<M[K]>>;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly input: unknown;
}

interface CarriedError {
  readonly code?: IndexErrorCode;
  readonly details?: IndexErrorDetails;
  readonly message: string;
  readonly stack?: string | undefined;
}

type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: CarriedError };

// Structured cloning drops the class and the code of an error, so they travel beside the message.
function carry(error: unknown): CarriedError {
  if (error instanceof IndexError) {
    return { code: error.code, details: error.details, message: error.message, stack: error.stack };
  }
  return error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) };
}

function restore({ code, details, message, stack }: CarriedError): Error {
  const error =
    code === undefined ? new Error(message) : new IndexError(code, message, details && { details });
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** Asks a thread to end once it has answered what it was called for. */
export const endMessage = 'end';

/** Answers calls that arrive at this port, in the order in which they came, until it is asked to end. */
export function serveMethods(
  port: MessagePort,
  methods: Methods,
  translateError: (error: unknown) => unknown,
): void {
  let last: Promise<void> = Promise.resolve();
  async function answer({ id, method, input }: Call): Promise<void> {
    let reply: Reply;
    try {
      reply = { id, ok: true, value: await methods[method]?.(input as never) };
    } catch (error) {
      reply = { id, ok: false, error: carry(translateError(error)) };
    }
    port.postMessage(reply);
  }
  port.on('message', (message: Call | typeof endMessage) => {
    last = last.then(() => (message === endMessage ? port.close() : answer(message)));
  });
}

/** Calls methods that another thread serves. */
export interface MethodCaller<M extends Methods> {
  call<K extends keyof M & string>(
    method: K,
    input: InputOf<M, K>,
    transfer?: readonly TransferListItem[],
  ): Promise<OutputOf<M, K>>;
  /** How many calls wait for their answer. */
  readonly pending: number;
  /** Fails everything that waits, and whatever is called from now on. */
  fail(error: Error): void;
}

/** Connects to the methods served at the other end of a port or by a worker. */
export function createMethodCaller<M extends Methods>(port: MessagePort | Worker): MethodCaller<M> {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  let failure: Error | undefined;
  port.on('message', (reply: Reply) => {
    const waiter = waiting.get(reply.id);
    if (waiter === undefined) return;
    waiting.delete(reply.id);
    if (reply.ok) waiter.resolve(reply.value as never);
    else waiter.reject(restore(reply.error));
  });
  return {
    call: (method, input, transfer = []) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          reject(failure);
          return;
        }
        const id = nextId;
        nextId += 1;
        waiting.set(id, { resolve, reject });
        port.postMessage({ id, method, input } satisfies Call, [...transfer]);
      }),
    get pending() {
      return waiting.size;
    },
    fail(error) {
      failure = error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
