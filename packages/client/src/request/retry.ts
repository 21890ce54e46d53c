import { isApiError } from '../errors/api-error.ts';
import { isClientError } from '../errors/client-error.ts';
import type { RetryOptions } from '../client-options.ts';

/** Refusals that pass: too much to do, a proxy whose server is being restarted. */
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Whether the same request may well get an answer a little later. */
export function isPassing(error: unknown): boolean {
  if (isApiError(error)) return passingStatuses.has(error.status);
  if (!isClientError(error)) return false;
  switch (error.code) {
    case 'refused':
    case 'unreachable':
    case 'interrupted':
    case 'stream-cut':
      return true;
    case 'not-this-api':
      return error.status !== undefined && passingStatuses.has(error.status);
    case 'unknown-host':
    case 'certificate':
    case 'wrong-protocol':
    case 'timeout':
    case 'redirect-loop':
    case 'wrong-base-url':
    case 'unexpected-shape':
      return false;
    default:
      return error.code satisfies never;
  }
}

/**
 * Milliseconds to wait before retry number `attempt`, counted from 0: doubled for each further one,
 * with random jitter so that many clients do not come back at once. Undefined when the server asks for more than
 * `maxDelay`.
 */
export function retryDelay(
  error: unknown,
  attempt: number,
  { minDelay, maxDelay }: Readonly<Required<Pick<RetryOptions, 'minDelay' | 'maxDelay'>>>,
  random: () => number = Math.random,
): number | undefined {
  const doubled = Math.min(maxDelay, minDelay * 2 ** attempt);
  const retryAfter = isApiError(error) ? (error.retryAfter ?? 0) : 0;
  if (retryAfter > maxDelay) return undefined;
  return Math.max(retryAfter, doubled / 2 + (random() * doubled) / 2);
}

/** Waits; rejects with the signal's reason as soon as it aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      // The caller's own reason, whatever it is.
      // oxlint-disable-next-line prefer-promise-reject-errors
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
