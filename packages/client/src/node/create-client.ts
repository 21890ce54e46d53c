import type { Dispatcher } from 'undici';

import { clientOver, type Client } from '../client.ts';
import { resolveClientOptions, type ClientOptions, type Dialect } from '../client-options.ts';
import { fetchTransport } from '../transport/fetch-transport.ts';
import { undiciTransport } from './undici-transport.ts';

/** How to reach a server from Node. */
export interface NodeClientOptions<D extends Dialect = 'reference'> extends ClientOptions<D> {
  /** An undici dispatcher, such as a pool or a proxy agent. Default undici's own. Not used with `fetch`. */
  dispatcher?: Dispatcher;
}

/**
 * A client of a running server. Methods reject with `ApiError` for a refusal of the server, with `ClientError`
 * for what got no answer of it, and with the signal's reason when they were aborted.
 * @throws TypeError or RangeError naming an option that is wrong
 */
export function createClient<D extends Dialect = 'reference'>({
  dispatcher,
  ...options
}: NodeClientOptions<D>): Client<D> {
  const resolved = resolveClientOptions(options);
  if (dispatcher !== undefined && resolved.fetch !== undefined) {
    throw new TypeError('options dispatcher and fetch exclude each other');
  }
  const transport =
    resolved.fetch === undefined ? undiciTransport(dispatcher) : fetchTransport(resolved.fetch);
  return clientOver({ options: resolved, transport });
}
