import type { Transport, TransportResponse } from './transport.ts';

/** Sends requests with the `fetch` of the platform, or one that behaves like it. */
export function fetchTransport(custom?: typeof globalThis.fetch): Transport {
  return async ({ url, method, headers, body, signal }) => {
    // The platform's is looked up at each call, so that it can be replaced, and called as a function of its own.
    const send = custom ?? globalThis.fetch;
    const init = { method, headers, signal, ...(body === undefined ? {} : { body }) };
    return fetchedResponse(await send(url, init));
  };
}

function fetchedResponse(response: Response): TransportResponse {
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    headers: () => response.headers,
    text: () => response.text(),
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
    stream: () => response.body ?? undefined,
    discard: () => void response.body?.cancel().catch(() => undefined),
  };
}
