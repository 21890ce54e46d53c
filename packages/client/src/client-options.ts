import type { Dispatcher, fetch as undiciFetch } from 'undici';

/** How to reach a server. */
export interface ClientOptions {
  /** Address of the API with its base path: `http://127.0.0.1:8000/infinite_image_browsing`. */
  baseUrl: string;
  /** Sent as `Authorization: Bearer`. Default none. */
  secretKey?: string;
  /** Milliseconds until a call without an answer is given up. Default 30,000; 0 waits for ever. */
  timeout?: number;
  /** Sent with every request. Default none. */
  headers?: Readonly<Record<string, string>>;
  /** Checks answers against the contract. Default `true`. */
  validate?: boolean;
  /** An undici dispatcher, such as a pool or a proxy agent. Default undici's own. */
  dispatcher?: Dispatcher;
  /** Default undici's `fetch`. */
  fetch?: typeof undiciFetch;
}

export type ResolvedClientOptions = Readonly<
  Required<Omit<ClientOptions, 'dispatcher' | 'fetch' | 'secretKey'>> &
    Pick<ClientOptions, 'dispatcher' | 'fetch' | 'secretKey'>
>;

const optionNames: ReadonlySet<string> = new Set<keyof ClientOptions>([
  'baseUrl',
  'secretKey',
  'timeout',
  'headers',
  'validate',
  'dispatcher',
  'fetch',
]);

/** Checks and copies options; throws `TypeError` or `RangeError` naming the option that is wrong. */
export function resolveClientOptions(options: ClientOptions): ResolvedClientOptions {
  for (const name of Object.keys(options)) {
    if (!optionNames.has(name)) throw new TypeError(`unknown option ${JSON.stringify(name)}`);
  }
  const { baseUrl, timeout = 30_000 } = options;
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
    throw new TypeError(`option baseUrl must be an http(s) address, not ${JSON.stringify(baseUrl)}`);
  }
  if (!Number.isFinite(timeout) || timeout < 0) {
    throw new RangeError(`option timeout must be milliseconds, 0 or more, not ${timeout}`);
  }
  return Object.freeze({
    ...options,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    timeout,
    headers: { ...options.headers },
    validate: options.validate ?? true,
  });
}
