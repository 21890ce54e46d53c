import { expect, test } from 'vitest';

import { clientAddress, isLoopbackAddress } from './client-address.ts';

const proxies = ['127.0.0.1', '10.0.0.0/8', '2001:db8::/32'];

test.each([
  ['no proxy is trusted', [], '127.0.0.1', '203.0.113.7', '127.0.0.1'],
  ['the peer is no trusted proxy', proxies, '198.51.100.1', '203.0.113.7', '198.51.100.1'],
  ['one proxy', proxies, '127.0.0.1', '203.0.113.7', '203.0.113.7'],
  [
    'what the client wrote itself stands further left',
    proxies,
    '127.0.0.1',
    '6.6.6.6, 203.0.113.7',
    '203.0.113.7',
  ],
  ['two proxies', proxies, '127.0.0.1', '203.0.113.7, 10.1.2.3', '203.0.113.7'],
  ['IPv6', proxies, '2001:db8::1', '2001:4860::9', '2001:4860::9'],
  ['IPv4 that came in through IPv6', proxies, '::ffff:127.0.0.1', '::ffff:203.0.113.7', '203.0.113.7'],
  ['all are proxies', proxies, '127.0.0.1', '10.0.0.1', '10.0.0.1'],
  ['no header', proxies, '127.0.0.1', undefined, '127.0.0.1'],
  ['something that is no address', proxies, '127.0.0.1', 'unknown', '127.0.0.1'],
])('%s', (_, trusted, peerAddress, forwarded, expected) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  expect(clientAddress(trusted)({ headers, peerAddress })).toBe(expected);
});

test.each([['proxy.example'], ['10.0.0.0/33'], ['10.0.0.0/x'], ['']])('%j is refused as a proxy', (proxy) => {
  expect(() => clientAddress([proxy])).toThrow(
    new RangeError(`option trustedProxies must name addresses or networks, not ${JSON.stringify(proxy)}`),
  );
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['128.0.0.1', false],
  ['127.evil.example', false],
])('%s is loopback: %s', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected);
});
