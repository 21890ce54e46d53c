import { ClusteringError, type ClusteringErrorCode } from '../clustering-error.ts';
import { describeErrorBody, errorCodes } from './error-body.ts';

/** A refusal, with the pause that the provider asks for, in milliseconds. */
export class ProviderRefusal extends ClusteringError {
  readonly pauseMs: number | undefined;

  constructor(
    code: ClusteringErrorCode,
    message: string,
    { status, pauseMs }: { status: number; pauseMs: number | undefined },
  ) {
    super(code, message, { status });
    this.pauseMs = pauseMs;
  }
}

/** What any error of a request means. */
export function providerFailure(cause: unknown): ClusteringError {
  if (cause instanceof ClusteringError) return cause;
  // What fetch throws for a connection that is refused or breaks off; its own message is but "fetch failed".
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const why = reason instanceof Error ? reason.message : String(reason);
  if (isBrokenBody(cause))
    return new ClusteringError('invalid-answer', `the model's answer broke off: ${why}`, { cause });
  return new ClusteringError('unavailable', `the model cannot be reached: ${why}`, { cause });
}

/** Whether the same request may succeed later. */
export function mayPass(code: ClusteringErrorCode): boolean {
  return code === 'rate-limited' || code === 'unavailable' || code === 'timeout' || code === 'invalid-answer';
}

/** Whether every other request of the run would fail alike. */
export function isHopeless(code: ClusteringErrorCode): boolean {
  return code === 'unauthorized' || code === 'quota-exceeded' || code === 'unknown-model';
}

/** The error for an answer that is a refusal, by its status or its body. */
export function refusedAnswer({ status, headers }: Response, body: Uint8Array): ProviderRefusal {
  if (status >= 300 && status < 400) return redirected(status, headers);
  const said = describeErrorBody(body);
  const message = `the model's provider answered ${status}${said === '' ? '' : ` ${said}`}`;
  return new ProviderRefusal(codeOf(errorCodes(body), status), message, {
    status,
    pauseMs: pauseOf(headers),
  });
}

function redirected(status: number, headers: Headers): ProviderRefusal {
  const target = (headers.get('location') ?? '').slice(0, 200);
  const message =
    `the model's provider answered ${status} and points to ${JSON.stringify(target)}; redirects are not followed, ` +
    'so set the address that it means';
  return new ProviderRefusal('rejected', message, { status, pauseMs: undefined });
}

const codesOfQuota: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'Arrearage',
  'insufficient_balance',
]);

function codeOf(codes: readonly string[], status: number): ClusteringErrorCode {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 402 || codes.some((code) => codesOfQuota.has(code))) return 'quota-exceeded';
  if (status === 404 || codes.includes('model_not_found')) return 'unknown-model';
  if (status === 429) return 'rate-limited';
  if (status === 408 || status === 409 || status >= 500) return 'unavailable';
  return 'rejected';
}

/** From `retry-after-ms` or `retry-after`, the latter in seconds or as a date (RFC 9110, 10.2.3). */
function pauseOf(headers: Headers): number | undefined {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const after = headers.get('retry-after') ?? '';
  const wait = /^\s*\d+(?:\.\d+)?\s*$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** fetch rejects with "fetch failed" before the headers, and the body with "terminated" after them. */
function isBrokenBody(cause: unknown): boolean {
  return cause instanceof TypeError && cause.message === 'terminated';
}
