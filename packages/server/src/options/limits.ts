import { checkOptionNames } from './check-option-names.ts';

/** What one service takes on, however it is mounted. */
export interface ServiceLimits {
  /** Bytes of one request body. */
  readonly bodyBytes: number;
  /** Bytes of all request bodies that are being read. */
  readonly bodyBytesAtOnce: number;
  /** Requests that are being answered. */
  readonly requestsAtOnce: number;
  /** Seconds for which a client may take nothing of an answer. */
  readonly stallSeconds: number;
  /** Different wrong keys that one address may show in `wrongKeySeconds`. */
  readonly wrongKeys: number;
  /** Seconds for which wrong keys count, and for which an address with too many of them waits. */
  readonly wrongKeySeconds: number;
}

/** What a server of `launchApp` takes on beside. */
export interface ConnectionLimits {
  /** Open connections. */
  readonly connections: number;
  /** Bytes of the request line and all headers. */
  readonly headerBytes: number;
  /** Seconds until the headers of a request are there. */
  readonly headerSeconds: number;
  /** Seconds until a request is there, its body included. */
  readonly requestSeconds: number;
  /** Seconds for which a connection may stay open without a request. */
  readonly idleSeconds: number;
}

export const serviceLimits: ServiceLimits = Object.freeze({
  bodyBytes: 16 * 1024 * 1024,
  bodyBytesAtOnce: 256 * 1024 * 1024,
  requestsAtOnce: 1000,
  stallSeconds: 60,
  wrongKeys: 10,
  wrongKeySeconds: 60,
});

export const connectionLimits: ConnectionLimits = Object.freeze({
  connections: 1000,
  headerBytes: 16 * 1024,
  headerSeconds: 15,
  requestSeconds: 120,
  idleSeconds: 10,
});

/** The defaults with what is given in their place; throws `RangeError` naming a limit that is no whole number above 0. */
export function resolveLimits<L extends object>(defaults: L, given: Partial<L> = {}): L {
  const names = Object.keys(defaults);
  checkOptionNames('limit', given, names);
  for (const [name, value] of Object.entries<unknown>(given)) {
    if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 1)) continue;
    throw new RangeError(`limit ${name} must be a whole number above 0, not ${JSON.stringify(value)}`);
  }
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.freeze({ ...defaults, ...Object.fromEntries(entries) });
}

/** The limits of a server of `launchApp`, by who keeps them. */
export interface ServerLimits {
  readonly service: ServiceLimits;
  readonly connections: ConnectionLimits;
}

/** Like `resolveLimits`, for the limits of service and server together. */
export function splitLimits(given: Partial<ServiceLimits & ConnectionLimits>): ServerLimits {
  const all = resolveLimits({ ...serviceLimits, ...connectionLimits }, given);
  return { service: namedIn(serviceLimits, all), connections: namedIn(connectionLimits, all) };
}

function namedIn<L extends object>(defaults: L, limits: L): L {
  const own = Object.entries(limits).filter(([name]) => Object.hasOwn(defaults, name));
  // All of the names of the defaults are there.
  return Object.freeze(Object.fromEntries(own)) as L;
}
