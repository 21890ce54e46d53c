import type { IibService } from '@iib-kit/server';
import { afterAll, beforeAll, describe, expect } from 'vitest';

import { transports } from './transports.ts';

/** Calls of a service through one transport. */
export interface Calls {
  /** Name of the transport. */
  readonly transport: string;
  /** Where the API is, base path included; known while tests run. */
  readonly base: () => string;
  readonly get: (route: string, query?: Record<string, string>, init?: RequestInit) => Promise<Response>;
  /** Sends a body as JSON; none when it is undefined. */
  readonly send: (method: string, route: string, body?: unknown) => Promise<Response>;
  /** The JSON value of an answer that must be a success. */
  readonly json: <T = unknown>(answer: Promise<Response>) => Promise<T>;
  /** Names of the files that a search by substring answers. */
  readonly search: (body: object) => Promise<string[]>;
}

/** Declares a suite once for every way that users mount the API. */
export function overTransports(service: IibService, suite: (calls: Calls) => void): void {
  describe.each(transports)('over $name', (transport) => {
    let base = '';
    let stop: () => Promise<void>;

    beforeAll(async () => {
      const { origin, close } = await transport.serve(service);
      base = `${origin}${service.base}`;
      stop = close;
    });

    afterAll(() => stop());

    suite(callsOf(transport.name, () => base));
  });
}

function callsOf(transport: string, base: () => string): Calls {
  const get: Calls['get'] = (route, query = {}, init = {}) => {
    const text = new URLSearchParams(query).toString();
    return fetch(`${base()}${route}${text === '' ? '' : `?${text}`}`, init);
  };
  const send: Calls['send'] = (method, route, body) =>
    fetch(base() + route, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const json = async <T>(answer: Promise<Response>): Promise<T> => {
    const response = await answer;
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    return (await response.json()) as T;
  };
  const search: Calls['search'] = async (body) => {
    const page = await json<{ files: { name: string }[] }>(send('POST', '/db/search_by_substr', body));
    return page.files.map((file) => file.name);
  };
  return { transport, base, get, send, json, search };
}
