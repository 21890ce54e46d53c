import OpenAI from 'openai';
import { ClusteringError, type ClusteringErrorCode } from '../clustering-error.ts';

/** A failure with what the provider said of when to try again. */
export interface ProviderFailure {
  readonly error: ClusteringError;
  /** The pause that the provider asks for, in milliseconds. */
  readonly pauseMs?: number;
}

/** What any error of a request means. */
export function providerFailure(cause: unknown): ProviderFailure {
  if (cause instanceof ClusteringError) return { error: cause };
  if (cause instanceof OpenAI.APIConnectionTimeoutError || isTimeout(cause)) {
    return { error: new ClusteringError('timeout', 'the model did not answer in time', { cause }) };
  }
  if (cause instanceof OpenAI.APIConnectionError) {
    return {
      error: new ClusteringError('unavailable', `the model cannot be reached: ${messageOf(cause)}`, {
        cause,
      }),
    };
  }
  if (cause instanceof OpenAI.APIError && typeof cause.status === 'number')
    return statusFailure(cause, cause.status);
  // What is left comes from reading the answer: it broke off, or it is no JSON.
  return {
    error: new ClusteringError('invalid-answer', `the model's answer cannot be read: ${messageOf(cause)}`, {
      cause,
    }),
  };
}

/** Whether the same request may succeed later. */
export function mayPass(code: ClusteringErrorCode): boolean {
  return code === 'rate-limited' || code === 'unavailable' || code === 'timeout' || code === 'invalid-answer';
}

/** Whether every other request of the run would fail alike. */
export function isHopeless(code: ClusteringErrorCode): boolean {
  return code === 'unauthorized' || code === 'quota-exceeded' || code === 'unknown-model';
}

function statusFailure(cause: InstanceType<typeof OpenAI.APIError>, status: number): ProviderFailure {
  const code = codeOf(cause, status);
  const error = new ClusteringError(code, `the model's provider answered ${messageOf(cause)}`, {
    cause,
    status,
  });
  const pauseMs = pauseOf(cause.headers);
  return pauseMs === undefined ? { error } : { error, pauseMs };
}

function codeOf(error: InstanceType<typeof OpenAI.APIError>, status: number): ClusteringErrorCode {
  if (status === 401 || status === 403) return 'unauthorized';
  if (error.code === 'insufficient_quota' || error.type === 'insufficient_quota' || status === 402)
    return 'quota-exceeded';
  if (status === 404 || error.code === 'model_not_found') return 'unknown-model';
  if (status === 429) return 'rate-limited';
  if (status === 408 || status === 409 || status >= 500) return 'unavailable';
  return 'rejected';
}

/** From `retry-after-ms` or `retry-after`, the latter in seconds or as a date (RFC 9110, 10.2.3). */
function pauseOf(headers: Headers | undefined): number | undefined {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const after = headers?.get('retry-after') ?? '';
  const wait = /^\s*\d+(?:\.\d+)?\s*$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'TimeoutError';
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
