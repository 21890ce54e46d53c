import { MetadataError } from '../metadata-error.ts';
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
    step = reading.next(readRange(source, step.value));
  }
  return step.value;
}

export async function runAsync<T>(reading: Reading<T>, source: ByteSource, signal?: AbortSignal): Promise<T> {
  let step = reading.next();
  while (step.done !== true) {
    signal?.throwIfAborted();
    step = reading.next(await readRangeOf(source, step.value, signal));
  }
  return step.value;
}

function readRange(source: SyncByteSource, { position, length }: ByteRange): Uint8Array {
  try {
    return source.read(position, length);
  } catch (error) {
    throw readFailed(error);
  }
}

async function readRangeOf(
  source: ByteSource,
  { position, length }: ByteRange,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  try {
    return await source.read(position, length);
  } catch (error) {
    signal?.throwIfAborted();
    throw readFailed(error);
  }
}

function readFailed(error: unknown): MetadataError {
  if (error instanceof MetadataError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new MetadataError('read-failed', `Cannot read the source: ${reason}`, { cause: error });
}
