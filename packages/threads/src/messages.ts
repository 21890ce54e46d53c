import type { SerializedError } from './serialized-error.ts';

export interface Call {
  readonly id: number;
  readonly method: string;
  readonly input: unknown;
  /** Shared memory that is not 0 once the caller has cancelled. */
  readonly flag?: Int32Array | undefined;
}

/** To the worker: a call, or the wish that it ends after the calls before. */
export type Request = Call | { readonly end: true };

/** A method that every worker has: it answers once the worker can answer others. */
export const readyMethod = '';

/** From the worker: progress and outcome of a call, and what it emits unasked. */
export type Reply =
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'done'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: SerializedError }
  | { readonly type: 'event'; readonly event: unknown };
