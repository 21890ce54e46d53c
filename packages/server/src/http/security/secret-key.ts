import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { HttpError } from '../http-error.ts';
import type { WrongKeys } from './wrong-keys.ts';

/** The cookie that IIB's front end sets: hex SHA-256 of the key followed by this salt. */
const COOKIE = 'IIB_S';
const COOKIE_SALT = '_ciallo';

export interface KeyCheckOptions {
  readonly wrongKeys: WrongKeys;
  /** Called when an address has shown too many wrong keys. */
  readonly onTooMany?: (address: string) => void;
}

/** Throws `HttpError` 401, or 429 where too many wrong keys were shown. The address is asked for only then. */
export type KeyCheck = (headers: IncomingHttpHeaders, address: () => string | undefined) => void;

/** Checks requests against the secret key: cookie `IIB_S`, or `Authorization: Bearer <key>`. */
export function secretKeyCheck(secretKey: string, { wrongKeys, onTooMany }: KeyCheckOptions): KeyCheck {
  const cookieDigest = sha256(sha256(`${secretKey}${COOKIE_SALT}`).toString('hex'));
  const bearerDigests = bytesInHeader(secretKey).map(sha256);
  return (headers, address) => {
    const cookie = digestOf(cookieValue(headers.cookie));
    const bearer = digestOf(/^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]);
    if (cookie === undefined && bearer === undefined) throw refused();
    if (wrongKeys.size > 0) wrongKeys.check(address() ?? '');
    if (cookie !== undefined && timingSafeEqual(cookie, cookieDigest)) return;
    if (bearer !== undefined && bearerDigests.some((digest) => timingSafeEqual(bearer, digest))) return;
    for (const shown of [cookie, bearer]) {
      if (shown === undefined) continue;
      const from = address() ?? '';
      if (wrongKeys.add(from, shown.toString('base64'))) onTooMany?.(from);
    }
    throw refused();
  };
}

function refused(): HttpError {
  return new HttpError(
    401,
    { type: 'secret_verification_failed' },
    { headers: { 'www-authenticate': 'Bearer realm="iib-kit"' } },
  );
}

/** What a key is on the wire: UTF-8 from most clients; `fetch` sends ISO 8859-1, where that has all its letters. */
function bytesInHeader(secretKey: string): readonly Buffer[] {
  const latin1 = Buffer.from(secretKey, 'latin1');
  const utf8 = Buffer.from(secretKey);
  return latin1.toString('latin1') === secretKey && !latin1.equals(utf8) ? [utf8, latin1] : [utf8];
}

/** Header values are bytes, which Node gives as ISO 8859-1. */
function digestOf(shown: string | undefined): Buffer | undefined {
  return shown === undefined ? undefined : sha256(Buffer.from(shown, 'latin1'));
}

/** Digests have one length, so that comparing tells nothing of the key's. */
function sha256(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}

function cookieValue(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.split('=', 2);
    if (name?.trim() === COOKIE) return value?.trim();
  }
  return undefined;
}
