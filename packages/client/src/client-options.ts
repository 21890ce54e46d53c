/** How often and after which delays a request is retried. */
export interface RetryOptions {
  /** Most retries after the first attempt. Default 2; 0 never retries. */
  limit?: number;
  /** Milliseconds before the first retry; doubled for each further one, with random jitter. Default 250. */
  minDelay?: number;
  /** Most milliseconds between two attempts. A server that asks for more (`Retry-After`) is not retried. Default 10,000. */
  maxDelay?: number;
}

/** `reference`: as the API reference says; `iib-web`: as the front end of IIB reads answers. */
export type Dialect = 'reference' | 'iib-web';

/** How to reach a server. */
export interface ClientOptions<D extends Dialect = 'reference'> {
  /** Address of the API with its base path: `http://127.0.0.1:8000/infinite_image_browsing`. */
  baseUrl: string;
  /** Sent as `Authorization: Bearer`. Default none. */
  secretKey?: string;
  /**
   * Milliseconds until a call is given up, with all its retries. Default 30,000, and no limit for endpoints that
   * answer when long work is done; 0 waits forever.
   */
  timeout?: number;
  /** For requests that only read; others are never retried. */
  retry?: RetryOptions;
  /** Closes the client: running and later calls reject with the signal's reason. */
  signal?: AbortSignal;
  /** Sent with every request. Default none. */
  headers?: Readonly<Record<string, string>>;
  /** The dialect that the server was started with. Default `reference`. */
  dialect?: D;
  /** Sends the requests instead of the platform. */
  fetch?: typeof globalThis.fetch;
  /** Checks answers against the contract. Default: unless `NODE_ENV` is `production`. */
  validate?: boolean;
}

export interface ResolvedClientOptions {
  readonly baseUrl: string;
  readonly secretKey: string | undefined;
  readonly timeout: number;
  readonly retry: Readonly<Required<RetryOptions>>;
  readonly signal: AbortSignal | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly dialect: Dialect;
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly validate: boolean;
}

const optionNames: ReadonlySet<string> = new Set<keyof ClientOptions>([
  'baseUrl',
  'secretKey',
  'timeout',
  'retry',
  'signal',
  'headers',
  'dialect',
  'fetch',
  'validate',
]);

const retryNames: ReadonlySet<string> = new Set<keyof RetryOptions>(['limit', 'minDelay', 'maxDelay']);
const dialects: readonly Dialect[] = ['reference', 'iib-web'];

/** What no header can carry. */
const CONTROL_CHARACTER = /(?!\t)\p{Cc}/u;

/** Checks and copies options; throws `TypeError` or `RangeError` naming the option that is wrong. */
export function resolveClientOptions(options: ClientOptions<Dialect>): ResolvedClientOptions {
  checkNames(options, optionNames, 'option');
  const { timeout = 30_000, dialect = 'reference', secretKey, signal, headers, fetch } = options;
  if (!dialects.includes(dialect)) {
    throw new TypeError(`option dialect must be ${dialects.join(' or ')}, not ${JSON.stringify(dialect)}`);
  }
  if (secretKey !== undefined && CONTROL_CHARACTER.test(secretKey)) {
    throw new TypeError('option secretKey must have no control characters');
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError('option signal must be an AbortSignal');
  }
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw new TypeError('option fetch must be a function');
  }
  return Object.freeze({
    baseUrl: resolveBaseUrl(options.baseUrl),
    secretKey,
    timeout: milliseconds('option timeout', timeout),
    retry: resolveRetry(options.retry ?? {}),
    signal,
    headers: { ...headers },
    dialect,
    fetch,
    validate: options.validate ?? !isProduction(),
  });
}

/** In a page, an address without an origin is below that of the page. */
function resolveBaseUrl(baseUrl: string): string {
  const page = (globalThis as { location?: { href: string } }).location?.href;
  const url = URL.canParse(baseUrl, page) ? new URL(baseUrl, page) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`option baseUrl must be an http(s) address, not ${JSON.stringify(baseUrl)}`);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new TypeError(`option baseUrl must be without ? and #, not ${JSON.stringify(baseUrl)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('option baseUrl must be without a user name and password: send them as a header');
  }
  return url.href.replace(/\/+$/, '');
}

function resolveRetry(retry: RetryOptions): Required<RetryOptions> {
  checkNames(retry, retryNames, 'option retry.');
  const { limit = 2, minDelay = 250, maxDelay = 10_000 } = retry;
  if (!Number.isInteger(limit) || limit < 0) {
    throw new RangeError(`option retry.limit must be a whole number, 0 or more, not ${limit}`);
  }
  return Object.freeze({
    limit,
    minDelay: milliseconds('option retry.minDelay', minDelay),
    maxDelay: milliseconds('option retry.maxDelay', maxDelay),
  });
}

/** The longest delay of a timer. */
const MAX_MILLISECONDS = 2 ** 31 - 1;

export function milliseconds(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0 && value <= MAX_MILLISECONDS) return value;
  throw new RangeError(`${name} must be milliseconds, 0 or more, not ${value}`);
}

function checkNames(options: object, names: ReadonlySet<string>, what: string): void {
  for (const name of Object.keys(options)) {
    if (names.has(name)) continue;
    throw new TypeError(
      what.endsWith('.') ? `unknown ${what}${name}` : `unknown ${what} ${JSON.stringify(name)}`,
    );
  }
}

/** Bundlers put the value in place of the expression; in a page without a bundler there is no `process`. */
function isProduction(): boolean {
  try {
    return process.env.NODE_ENV === 'production';
  } catch {
    return false;
  }
}
