import { isIP } from 'node:net';

import { HttpError } from '../http-error.ts';
import { text } from '../../ports/text.ts';

/** Most addresses that are remembered; beyond it the oldest are forgotten. */
const MAX_ADDRESSES = 10_000;

interface Attempts {
  /** Digests, so that what may be nearly the key is not kept. */
  readonly keys: Set<string>;
  until: number;
}

/** Wrong keys, counted by address: who shows too many different ones waits, and nobody else does. */
export class WrongKeys {
  readonly #attempts = new Map<string, Attempts>();
  readonly #limit: number;
  readonly #milliseconds: number;
  readonly #now: () => number;

  constructor(limits: { wrongKeys: number; wrongKeySeconds: number }, now: () => number = Date.now) {
    this.#limit = limits.wrongKeys;
    this.#milliseconds = limits.wrongKeySeconds * 1000;
    this.#now = now;
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#attempts.size;
  }

  /** Throws `HttpError` 429 for an address that must wait, also when its key is right: else it could go on guessing. */
  check(address: string): void {
    const found = this.#attempts.get(network(address));
    if (found === undefined || found.keys.size < this.#limit || found.until <= this.#now()) return;
    throw new HttpError(429, text('too many wrong keys; try again later', '错误密钥过多，请稍后再试'), {
      retryAfter: Math.ceil((found.until - this.#now()) / 1000),
    });
  }

  /**
   * Counts a wrong key; the same one again says nothing new and does not count, so that a page with an old cookie
   * may ask for a hundred pictures.
   * @returns whether the address must wait from now on
   */
  add(address: string, keyDigest: string): boolean {
    const name = network(address);
    const found = this.#attempts.get(name);
    const isOld = found === undefined || found.until <= this.#now();
    const attempts: Attempts = isOld ? { keys: new Set(), until: 0 } : found;
    if (attempts.keys.has(keyDigest)) return false;
    attempts.keys.add(keyDigest);
    attempts.until = this.#now() + this.#milliseconds;
    // The latest last, so that the first are those that are over first.
    this.#attempts.delete(name);
    this.#attempts.set(name, attempts);
    this.#forgetOld();
    return attempts.keys.size === this.#limit;
  }

  #forgetOld(): void {
    for (const [address, { until }] of this.#attempts) {
      if (until > this.#now() && this.#attempts.size <= MAX_ADDRESSES) return;
      this.#attempts.delete(address);
    }
  }
}

/** One customer has at least a /64 of IPv6. */
function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::', 2) ?? [];
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const filled = [
    ...groups,
    ...Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0'),
    ...after,
  ];
  return filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
