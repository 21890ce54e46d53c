import { fillPath, pathParameters, type Route } from '@iib-kit/contract/routes';

import { callHeaders, type MediaCallOptions } from './call-options.ts';
import type { ResolvedClientOptions } from '../client-options.ts';
import type { TransportRequest } from '../transport/transport.ts';

/** The request that carries an input to a route. */
export function requestOf(
  route: Route,
  input: object,
  options: ResolvedClientOptions,
  call: MediaCallOptions,
): Omit<TransportRequest, 'signal'> {
  const { url, rest } = splitInput(route, input, options.baseUrl);
  const body = route.inputIn === 'body' ? JSON.stringify(rest) : undefined;
  return {
    url,
    method: route.method,
    body,
    headers: {
      ...options.headers,
      ...callHeaders(call),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.secretKey === undefined ? {} : { authorization: `Bearer ${inHeader(options.secretKey)}` }),
    },
  };
}

/** A character for each byte of UTF-8, which is what `fetch` takes for letters beyond ASCII. */
function inHeader(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** The URL with what travels in it, and what is left for the body. */
export function splitInput(route: Route, input: object, baseUrl: string): { url: string; rest: object } {
  const inPath = pathParameters(route.path);
  const rest =
    inPath.length === 0
      ? input
      : Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)));
  const url = baseUrl + (inPath.length === 0 ? route.path : fillPath(route.path, { ...input }));
  if (route.inputIn === 'body') return { url, rest };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  const text = query.toString();
  return { url: text === '' ? url : `${url}?${text}`, rest };
}
