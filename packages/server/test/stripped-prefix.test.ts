import { createServer, request as requestOf } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { baseOfPage } from './helpers/base-of-page.ts';
import { launcher } from './helpers/launched-app.ts';

const launch = launcher();

/** A proxy that cuts a prefix off the path and says nothing of it. */
async function behindStrippingProxy(prefix: string, upstream: string): Promise<string> {
  const { port } = new URL(upstream);
  const proxy = createServer((request, response) => {
    const path = (request.url ?? '').slice(prefix.length);
    const { method, headers } = request;
    requestOf({ host: '127.0.0.1', port, method, headers, path }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => proxy.closeAllConnections());
  onTestFinished(() => void proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${prefix}`;
}

test('behind a proxy that strips a prefix, pages and what they load are found', async () => {
  const { app } = await launch();
  const outside = await behindStrippingProxy('/user/1', app.url);
  const base = '/user/1/infinite_image_browsing/';

  const redirected = await fetch(`${outside}/?q=a`);
  expect([redirected.status, redirected.url]).toEqual([200, new URL(`${base}?q=a`, outside).href]);
  for (const view of ['infinite_image_browsing', 'infinite_image_browsing/folders/a/']) {
    const page = await fetch(`${outside}/${view}`);
    expect([view, baseOfPage(await page.text(), page.url)]).toEqual([view, base]);
  }

  const page = await fetch(`${outside}/infinite_image_browsing`);
  const script = /<script [^>]*src="(?<src>[^"]+)"/.exec(await page.text())?.groups?.['src'] ?? '';
  expect((await fetch(new URL(script, new URL(base, outside)))).status).toBe(200);
});
