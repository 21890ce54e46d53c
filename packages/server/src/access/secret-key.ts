import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { HttpError } from '../http/http-error.ts';

/** The cookie that IIB's front end sets: hex SHA-256 of the key followed by this salt. */
const COOKIE = 'IIB_S';
const COOKIE_SALT = '_ciallo';

/**
 * Checks requests against the secret key: cookie `IIB_S`, or `Authorization: Bearer <key>`.
 * @returns a function that throws `HttpError` 401
 */
export function secretKeyCheck(secretKey: string): (headers: IncomingHttpHeaders) => void {
  const cookieDigest = sha256(sha256(`${secretKey}${COOKIE_SALT}`).toString('hex'));
  const bearerDigest = sha256(secretKey);
  return (headers) => {
    const cookie = cookieValue(headers.cookie);
    if (cookie !== undefined && timingSafeEqual(sha256(cookie), cookieDigest)) return;
    const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined && timingSafeEqual(sha256(bearer), bearerDigest)) return;
    throw new HttpError(401, { type: 'secret_verification_failed' });
  };
}

/** Digests have one length, so that comparing tells nothing of the key's. */
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function cookieValue(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.split('=', 2);
    if (name?.trim() === COOKIE) return value?.trim();
  }
  return undefined;
}
