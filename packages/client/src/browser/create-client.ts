import { clientOver, type Client } from '../client.ts';
import { resolveClientOptions, type ClientOptions, type Dialect } from '../client-options.ts';
import { fetchTransport } from '../transport/fetch-transport.ts';

/**
 * A client of a running server, for browsers and everything else that has `fetch`. Methods reject with `ApiError` for a
 * refusal of the server, with `ClientError` for what got no answer of it, and with the signal's reason when they
 * were aborted.
 * @throws TypeError or RangeError naming an option that is wrong
 */
export function createClient<D extends Dialect = 'reference'>(options: ClientOptions<D>): Client<D> {
  const resolved = resolveClientOptions(options);
  return clientOver({ options: resolved, transport: fetchTransport(resolved.fetch) });
}
