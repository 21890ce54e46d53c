import { setTimeout as pause } from 'node:timers/promises';
import { ClusteringError } from '../clustering-error.ts';
import { mayPass, providerFailure, ProviderRefusal } from './provider-error.ts';
import type { Provider } from './provider-options.ts';

const firstPauseMs = 500;
const longestOwnPauseMs = 8_000;

/**
 * Sends a request, and again after failures that may pass: after the pause that the provider asks for, else after pauses
 * that double. `request` must pass its signal on and read the whole answer. Throws a ClusteringError, or the reason of
 * the caller's signal.
 */
export async function askProvider<T>(
  provider: Provider,
  request: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
  retriesOf: (error: ClusteringError) => number = () => provider.retries,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await once(provider.timeoutMs, request, signal);
    } catch (cause) {
      signal?.throwIfAborted();
      const error = providerFailure(cause);
      const asked = error instanceof ProviderRefusal ? error.pauseMs : undefined;
      const wait = asked ?? ownPause(attempt);
      if (attempt >= retriesOf(error) || !mayPass(error.code) || wait > provider.maxPauseMs) throw error;
      await pause(wait, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
    }
  }
}

async function once<T>(
  timeoutMs: number,
  request: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  // Not AbortSignal.timeout: its timer would outlive the request, and AbortSignal.any leaks listeners on Node 20.
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new ClusteringError('timeout', `the model did not answer within ${timeoutMs} ms`));
  }, timeoutMs);
  const abort = () => controller.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await request(controller.signal);
  } catch (cause) {
    throw controller.signal.aborted ? controller.signal.reason : cause;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Doubling, less up to a quarter by chance, so that many clients do not come back at once. */
function ownPause(attempt: number): number {
  return Math.min(longestOwnPauseMs, firstPauseMs * 2 ** attempt) * (1 - Math.random() / 4);
}
