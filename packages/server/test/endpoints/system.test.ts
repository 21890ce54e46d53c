import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service } = await madeService();

overTransports(service, ({ get, send, json }) => {
  test('/hello says hello', async () => {
    expect(await json(get('/hello'))).toBe('hello');
  });

  test('HEAD is GET without the body', async () => {
    const response = await get('/hello', {}, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      200,
      '7',
      '',
    ]);
  });

  test('/version names the server and its platform', async () => {
    expect(await json(get('/version'))).toEqual({
      name: '@iib-kit/server',
      tag: expect.stringMatching(/^\d+\.\d+\.\d+/),
      hash: null,
      platform: `${process.platform} ${process.arch}`,
      node_version: process.version,
    });
  });

  test('a path that the API does not know is 404, a wrong method 405', async () => {
    expect((await get('/nope')).status).toBe(404);
    const response = await send('POST', '/hello');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  });
});
