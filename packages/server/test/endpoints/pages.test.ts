import { expect, test } from 'vitest';

import { baseOfPage } from '../helpers/base-of-page.ts';
import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service } = await madeService();

/** The application with the base as a browser works it out. */
async function resolved(page: Response): Promise<string> {
  const html = await page.text();
  return html.replace(/<base href="[^"]*"/, `<base href="${baseOfPage(html, page.url)}"`);
}

overTransports(service, ({ get, json }) => {
  test('the application, its assets and the documents are there, under a strict policy', async () => {
    const page = await get('');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).not.toContain('unsafe');
    const html = await resolved(page);
    expect(html).toContain('<base href="/infinite_image_browsing/"');
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=/);
    const assets = [...html.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, asset = '']) => asset);
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      const response = await get(asset);
      expect([asset, response.status]).toEqual([asset, 200]);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('content-type')).toMatch(/^text\/(javascript|css); charset=utf-8$/);
    }
    expect(await (await get('/docs')).text()).toContain('POST /db/search_by_substr');
    expect(await json(get('/openapi.json'))).toMatchObject({ openapi: '3.1.0' });
  });

  test('addresses of views are the application, other unknown ones are not', async () => {
    const html = await resolved(await get(''));
    for (const view of ['/folders', '/settings', '/compare/any/thing', '/statistics/']) {
      const response = await get(view);
      expect([view, response.status, await resolved(response)]).toEqual([view, 200, html]);
    }
    for (const other of [
      '/nowhere',
      '/assets',
      '/assets/nowhere.js',
      '/assets/%2e%2e/index.html',
      '/views.json',
    ]) {
      expect([other, (await get(other)).status]).toEqual([other, 404]);
    }
    expect(await json(get('/version'))).toMatchObject({ name: '@iib-kit/server' });
  });

  test('the page and its scripts are not sent again to who has them', async () => {
    const page = await get('');
    const script = /src="\.(\/assets\/[^"]+)"/.exec(await page.text())?.[1] ?? '';
    for (const route of ['', script]) {
      const etag = (await get(route)).headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{27}"$/);
      const again = await get(route, {}, { headers: { 'if-none-match': etag } });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', null],
  ])('to who accepts %s its scripts come as %s', async (accepted, expected) => {
    const script = /src="\.(\/assets\/[^"]+)"/.exec(await (await get('')).text())?.[1] ?? '';
    const plain = await (await get(script, {}, { headers: { 'accept-encoding': 'identity' } })).text();
    const response = await get(script, {}, { headers: { 'accept-encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBe(expected);
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(await response.text()).toBe(plain);
  });
});
