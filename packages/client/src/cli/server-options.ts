import { Option, type Command } from 'commander';

import { createClient } from '../node/create-client.ts';
import type { Client } from '../client.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The options of every command that asks a server. */
export interface ServerOptions {
  readonly url: string;
  readonly key?: string;
  readonly timeout?: number;
  readonly json?: boolean;
}

export function addServerOptions(command: Command, json = 'print JSON'): Command {
  return command
    .addOption(
      new Option('--url <address>', 'the server, with its base path')
        .env('IIB_URL')
        .default('http://127.0.0.1:8000/infinite_image_browsing'),
    )
    .addOption(
      new Option('--key <key>', 'secret key of the server; safer in the environment').env('IIB_SECRET_KEY'),
    )
    .option('--timeout <seconds>', 'give up a request after this time (default 30; 0 waits forever)', seconds)
    .option('--json', json);
}

/** A client for one run of the program. */
export function connect(terminal: Terminal, { url, key, timeout }: ServerOptions): Client {
  try {
    return createClient({
      baseUrl: url,
      signal: terminal.parts.signal,
      ...(key === undefined || key === '' ? {} : { secretKey: key }),
      ...(timeout === undefined ? {} : { timeout: timeout * 1000 }),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.replace('option baseUrl', '--url').replace('option secretKey', '--key'));
  }
}

/** Longest that can be waited for, in seconds. */
const MAX_SECONDS = 2_000_000;

function seconds(given: string): number {
  const value = Number(given);
  if (/^\d+(?:\.\d+)?$/.test(given) && value <= MAX_SECONDS) return value;
  throw new UsageError(`--timeout must be seconds, 0 to ${MAX_SECONDS}, not ${JSON.stringify(given)}`);
}

/** A whole number that an option takes. */
export function wholeNumber(
  name: string,
  { min, max }: { min: number; max: number },
): (given: string) => number {
  return (given) => {
    const value = Number(given);
    if (/^\d{1,9}$/.test(given) && value >= min && value <= max) return value;
    throw new UsageError(
      `${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(given)}`,
    );
  };
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
