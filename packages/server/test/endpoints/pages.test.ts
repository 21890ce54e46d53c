import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service } = await madeService();

overTransports(service, ({ get, json }) => {
  test('the page, its assets and the documents are there, under a strict policy', async () => {
    const page = await get('');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('<base href="/infinite_image_browsing/"');
    for (const [, asset] of html.matchAll(/(?:src|href)="(page\/[^"]+)"/g)) {
      expect((await get(`/${asset}`)).status).toBe(200);
    }
    expect(await (await get('/docs')).text()).toContain('POST /db/search_by_substr');
    expect(await json(get('/openapi.json'))).toMatchObject({ openapi: '3.1.0' });
  });
});
