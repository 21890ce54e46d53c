import type { Transferred } from './transferred.ts';

/** What a method is given besides its input. */
export interface CallContext<Progress = never> {
  /** Tells the caller how far the call is. */
  readonly report: (progress: Progress | Transferred<Progress>) => void;
  /** Whether the caller has cancelled. Reads shared memory, so it is true also while the method never waits. */
  readonly isCancelled: () => boolean;
  /** What `isCancelled` reads, for loops in which a call would cost too much: not 0 once the caller has cancelled. */
  readonly flag: Int32Array | undefined;
}

/** Methods that one thread or process offers to another: each takes one cloneable value and gives one. */
export type Methods = Readonly<Record<string, (input: never, context: never) => unknown>>;

export type InputOf<M extends Methods, K extends keyof M> = Parameters<M[K]>[0];

export type OutputOf<M extends Methods, K extends keyof M> =
  Awaited<ReturnType<M[K]>> extends Transferred<infer T> ? T : Awaited<ReturnType<M[K]>>;

export type ProgressOf<M extends Methods, K extends keyof M> =
  Parameters<M[K]>[1] extends CallContext<infer P> ? P : never;
