import OpenAI from 'openai';
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
  readonly client: OpenAI;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly maxPauseMs: number;
}

/** Checks the options. Throws `missing-api-key`, and a RangeError for numbers out of range. */
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
  const client = new OpenAI({
    apiKey: apiKey === '' ? 'none' : apiKey,
    baseURL: baseURL === '' ? openaiURL : baseURL,
    organization: null,
    project: null,
    // Sending again is done here: the client's own pauses cannot be aborted, and its time limit ends with the headers.
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
  });
  return { client, timeoutMs, retries, maxPauseMs };
}

/** Throws a RangeError naming the option unless it is a whole number from `least` up. */
export function checkWhole(option: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${option} must be a whole number from ${least} up, not ${value}`);
  }
}
