import type { TransferListItem } from 'node:worker_threads';

import type { InputOf, Methods, OutputOf, ProgressOf } from './methods.ts';

export interface CallOptions<Progress = unknown> {
  /** Cancels: the call rejects at once with the signal's reason, and the method can see it. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Buffers in the input that move to the worker instead of being copied. */
  readonly transfer?: readonly TransferListItem[];
}

/** Calls methods that another thread or process serves. */
export interface MethodCaller<M extends Methods> {
  call<K extends keyof M & string>(
    method: K,
    input: InputOf<M, K>,
    options?: CallOptions<ProgressOf<M, K>>,
  ): Promise<OutputOf<M, K>>;
}
