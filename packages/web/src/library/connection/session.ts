import { createSignal } from 'solid-js';

import { basePath } from '../../address/base-path.ts';
import { sha256 } from './sha256.ts';

/** The cookie that authenticates: the hex SHA-256 of the key followed by the salt, as in IIB. */
const COOKIE = 'IIB_S';
const SALT = '_ciallo';

const REMEMBERED_SECONDS = 180 * 24 * 3600;

const [needsKey, setNeedsKey] = createSignal(false);
const [signIns, setSignIns] = createSignal(0);

/** Whether the server refused a request because the key is missing or wrong. */
export { needsKey };

/** Counts sign-ins. What was refused before, images included, is requested again when it changes. */
export { signIns };

export function askForKey(): void {
  setNeedsKey(true);
}

/** Stores the digest of a key in the cookie, which requests for images send too. The next request verifies it. */
export function saveKey(key: string, isRemembered: boolean): void {
  const parts = [
    `${COOKIE}=${sha256(key + SALT)}`,
    `path=${basePath === '' ? '/' : basePath}`,
    'SameSite=Strict',
  ];
  if (isRemembered) parts.push(`max-age=${REMEMBERED_SECONDS}`);
  if (location.protocol === 'https:') parts.push('Secure');
  document.cookie = parts.join('; ');
}

/** Whether this browser has stored a key. */
export function hasSavedKey(): boolean {
  return document.cookie.split('; ').some((cookie) => cookie.startsWith(`${COOKIE}=`));
}

/** To be called when the key was accepted. */
export function signedIn(): void {
  setNeedsKey(false);
  setSignIns((count) => count + 1);
}
