import type { IncomingHttpHeaders } from 'node:http';
import { hostname } from 'node:os';

import { expect, test } from 'vitest';

import type { ApiRequest } from '../api-request.ts';
import { checkOrigin, corsHeaders, isLocalName, loopbackHosts, type OriginOptions } from './origin-check.ts';

function request(method: string, headers: IncomingHttpHeaders): ApiRequest {
  return {
    method,
    headers: { host: 'localhost:8000', ...headers },
    base: '',
    path: '/hello',
    endsInSlash: false,
    query: new URLSearchParams(),
    signal: new AbortController().signal,
    readBody: async () => ({}),
  };
}

const closed: OriginOptions = { allowCors: false, hosts: undefined };

test.each([
  ['a program', 'POST', {}, closed],
  ['our own page', 'POST', { origin: 'http://localhost:8000' }, closed],
  [
    'our own page behind a proxy that rewrites Host',
    'POST',
    { origin: 'https://gallery.example', 'sec-fetch-site': 'same-origin' },
    closed,
  ],
  ['a foreign page that only reads', 'GET', { origin: 'https://evil.example' }, closed],
  [
    'a page of an allowed origin',
    'POST',
    { origin: 'https://a.example' },
    { ...closed, allowCors: ['https://a.example'] },
  ],
  ['any page, where any may', 'POST', { origin: 'https://b.example' }, { ...closed, allowCors: true }],
  ['a loopback host', 'GET', { host: '127.0.0.1:8000' }, { ...closed, hosts: loopbackHosts }],
  ['a link from elsewhere', 'GET', { 'sec-fetch-site': 'cross-site' }, closed],
  ['an address', 'POST', { host: '192.168.1.2:8000' }, { ...closed, hosts: isLocalName }],
  ['a loopback host of version 6', 'GET', { host: '[::1]:8000' }, { ...closed, hosts: loopbackHosts }],
] as const)('%s passes', (_, method, headers, options) => {
  expect(() => checkOrigin(request(method, headers), options)).not.toThrow();
});

test.each([
  ['a foreign page that changes something', 'POST', { origin: 'https://evil.example' }, closed],
  ['a sandboxed page', 'DELETE', { origin: 'null' }, closed],
  [
    'a page of an origin that is not listed',
    'POST',
    { origin: 'https://b.example' },
    { ...closed, allowCors: ['https://a.example'] },
  ],
  ['a form of a foreign page that hides its origin', 'POST', { 'sec-fetch-site': 'cross-site' }, closed],
  ['a rebound host name', 'GET', { host: 'evil.example:8000' }, { ...closed, hosts: loopbackHosts }],
  ['a rebound host name on any address', 'GET', { host: 'evil.example' }, { ...closed, hosts: isLocalName }],
  ['no host name', 'GET', { host: undefined }, { ...closed, hosts: loopbackHosts }],
] as const)('%s is refused', (_, method, headers, options) => {
  expect(() => checkOrigin(request(method, headers), options)).toThrow(
    expect.objectContaining({ status: 403 }),
  );
});

test('credentials are allowed to listed origins only', () => {
  const from = request('GET', { origin: 'https://a.example' });
  expect(corsHeaders(from, false)).toEqual({});
  const exposed = {
    'access-control-expose-headers': 'accept-ranges, content-range, etag, retry-after, x-request-id',
  };
  expect(corsHeaders(from, true)).toEqual({ 'access-control-allow-origin': '*', ...exposed });
  expect(corsHeaders(from, ['https://b.example'])).toEqual({ vary: 'origin' });
  expect(corsHeaders(from, ['https://a.example'])).toEqual({
    vary: 'origin',
    'access-control-allow-origin': 'https://a.example',
    'access-control-allow-credentials': 'true',
    ...exposed,
  });
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['192.168.1.2', true],
  ['[fe80::1]', true],
  [hostname().toLowerCase(), true],
  ['nas.local', true],
  ['evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['', false],
])('%j is a name of this machine or network: %s', (name, expected) => {
  expect(isLocalName(name)).toBe(expected);
});
