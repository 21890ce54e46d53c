import { ClusteringError } from '../clustering-error.ts';

const openaiURL = 'https://api.openai.com/v1';

/** How to reach a provider that speaks OpenAI's API. Nothing is read from the environment. */
export interface ProviderOptions {
  /** May be left out with a `baseURL` whose server asks for none. */
  readonly apiKey?: string;
  /** Default OpenAI's own, `https://api.openai.com/v1`. */
  readonly baseURL?: string;
  /** For one request and its whole answer, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** How often a request is sent again after a failure that may pass. Default 4. */
  readonly retries?: number;
  /** The longest pause before sending again; a provider that asks for a longer one is given up. Default 60,000 ms. */
  readonly maxPauseMs?: number;
}

/** The same with every value given. */
export interface Provider {
  /** Empty for a server that asks for none. */
  readonly apiKey: string;
  readonly baseURL: URL;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly maxPauseMs: number;
}

/** Checks the options. Throws `missing-api-key`, a RangeError for numbers out of range, and a TypeError for no address. */
export function createProvider(options: ProviderOptions): Provider {
  const { apiKey = '', baseURL = '', timeoutMs = 60_000, retries = 4, maxPauseMs = 60_000 } = options;
  if (apiKey === '' && baseURL === '') {
    throw new ClusteringError(
      'missing-api-key',
      'OpenAI needs an apiKey; a server without keys needs a baseURL',
    );
  }
  checkWhole('timeoutMs', timeoutMs, 1);
  checkWhole('retries', retries, 0);
  checkWhole('maxPauseMs', maxPauseMs, 0);
  return {
    apiKey,
    baseURL: webAddress(baseURL === '' ? openaiURL : baseURL),
    timeoutMs,
    retries,
    maxPauseMs,
  };
}

/** Throws a RangeError naming the option unless it is a whole number from `least` up. */
export function checkWhole(option: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${option} must be a whole number from ${least} up, not ${value}`);
  }
}

function webAddress(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`baseURL must be a web address such as ${openaiURL}, not ${JSON.stringify(given)}`);
  }
  return url;
}
