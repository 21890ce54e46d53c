import type { ByteSource, SyncByteSource } from './byte-source.ts';

/** A read that a parser asks for. */
export interface ByteRange {
  readonly position: number;
  readonly length: number;
}

/**
 * A parser that asks for bytes by yielding ranges and returns its result. Written once, it runs
 * over a source that waits and over one that does not: a worker that reads 100,000 small files
 * pays for no promise.
 */
export type Reading<T> = Generator<ByteRange, T, Uint8Array>;

export function runSync<T>(reading: Reading<T>, source: SyncByteSource): T {
  let step = reading.next();
  while (step.done !== true) {
    step = reading.next(source.read(step.value.position, step.value.length));
  }
  return step.value;
}

export async function runAsync<T>(reading: Reading<T>, source: ByteSource, signal?: AbortSignal): Promise<T> {
  let step = reading.next();
  while (step.done !== true) {
    signal?.throwIfAborted();
    step = reading.next(await source.read(step.value.position, step.value.length));
  }
  return step.value;
}
