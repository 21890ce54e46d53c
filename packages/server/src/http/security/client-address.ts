import { BlockList, isIP } from 'node:net';

import type { ApiRequest } from '../api-request.ts';

/** Tells the address of a request's client; undefined when the connection is gone. */
export type ClientAddress = (request: Pick<ApiRequest, 'headers' | 'peerAddress'>) => string | undefined;

/**
 * The client's address: the other end of the connection or, where that is one of `trustedProxies` (addresses or
 * networks such as `10.0.0.0/8`), the last address in `X-Forwarded-For` that is none of them.
 * @throws RangeError for a proxy that is no address and no network
 */
export function clientAddress(trustedProxies: readonly string[]): ClientAddress {
  if (trustedProxies.length === 0) return ({ peerAddress }) => peerAddress && plainAddress(peerAddress);
  const trusted = addressList(trustedProxies);
  return ({ headers, peerAddress }) => {
    if (peerAddress === undefined) return undefined;
    const hops = String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((hop) => hop.trim());
    let address = plainAddress(peerAddress);
    while (trusted(address)) {
      const previous = hops.pop();
      if (previous === undefined || isIP(plainAddress(previous)) === 0) break;
      address = plainAddress(previous);
    }
    return address;
  };
}

/** Whether a server that listens on this host is reached from this machine only. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host);
}

/** Whether an address is of this machine only. */
export function isLoopbackAddress(address: string): boolean {
  const plain = plainAddress(address);
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

function addressList(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/', 2);
    const version = isIP(address);
    const bits = prefix === undefined || !/^\d{1,3}$/.test(prefix) ? Number.NaN : Number(prefix);
    const family = version === 6 ? 'ipv6' : 'ipv4';
    if (version !== 0 && prefix === undefined) list.addAddress(address, family);
    else if (version !== 0 && bits <= (version === 4 ? 32 : 128)) list.addSubnet(address, bits, family);
    else
      throw new RangeError(
        `option trustedProxies must name addresses or networks, not ${JSON.stringify(proxy)}`,
      );
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** IPv4 as such, also where it came in through an IPv6 socket. */
function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
