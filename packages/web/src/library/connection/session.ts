import { createSignal } from 'solid-js';

import { basePath } from '../../address/base-path.ts';
import { sha256 } from './sha256.ts';

/** What the server knows a browser by: hex SHA-256 of the key followed by this text, as IIB has it. */
const COOKIE = 'IIB_S';
const SALT = '_ciallo';

const REMEMBERED_SECONDS = 180 * 24 * 3600;

const [needsKey, setNeedsKey] = createSignal(false);
const [signIns, setSignIns] = createSignal(0);

/** Whether the server refused a request for want of its key. */
export { needsKey };

/** Counts sign-ins: what was refused before, images too, is asked for again when it changes. */
export { signIns };

export function askForKey(): void {
  setNeedsKey(true);
}

/** Keeps the key's digest in the cookie, which goes with images too. The next request tells whether it is right. */
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

/** Whether this browser has a key. */
export function hasSavedKey(): boolean {
  return document.cookie.split('; ').some((cookie) => cookie.startsWith(`${COOKIE}=`));
}

/** The key was right. */
export function signedIn(): void {
  setNeedsKey(false);
  setSignIns((count) => count + 1);
}
