import type { ApiRequest } from '../api-request.ts';
import { HttpError } from '../http-error.ts';
import { isLoopbackAddress } from './client-address.ts';

/** Throws `HttpError` 403 for a caller that may sit at another machine. */
export function requireLocalCaller(
  { headers }: Pick<ApiRequest, 'headers'>,
  clientAddress: string | undefined,
): void {
  // A proxy on this machine that nobody called trusted looks like a local caller, but for its headers.
  const forwardedFor = String(headers['x-forwarded-for'] ?? '127.0.0.1').split(',');
  const isForwarded = headers['forwarded'] !== undefined || headers['x-real-ip'] !== undefined;
  const isLocal =
    clientAddress !== undefined &&
    isLoopbackAddress(clientAddress) &&
    !isForwarded &&
    forwardedFor.every((hop) => isLoopbackAddress(hop.trim()));
  if (!isLocal) throw new HttpError(403, 'only callers on the same machine may open files on it');
}
