import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const taken: string[] = [];
const { service, at } = await madeService({ onSendImage: (image) => void taken.push(image) });

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
      python_version: null,
      av: null,
      imageio: null,
      pillow: null,
      imageio_ffmpeg: null,
      pillow_avif_plugin: null,
      requests: null,
      numpy: null,
      hnswlib: null,
    });
  });

  test('/storage tells what is kept and may be', async () => {
    expect(await json(get('/storage'))).toEqual({
      thumbnails: { bytes: expect.any(Number), max_bytes: 2 ** 30 },
      trash: { max_days: null, max_bytes: null },
    });
  });

  test('/shutdown is refused unless it was switched on', async () => {
    const response = await send('POST', '/shutdown', {});
    expect([response.status, await response.json()]).toEqual([403, { detail: 'Shutdown is disabled.' }]);
  });

  test('an image is handed over by its path in the query, or in a JSON body', async () => {
    const call = (query: string) => send('POST', `/send_img_path${query}`);
    const query = (file: string) => `?${new URLSearchParams({ path: file }).toString()}`;
    expect(await json(call(query(at('fox.png'))))).toBeNull();
    expect(taken).toContain(at('fox.png'));
    expect(await json(get('/gen_info_completed'))).toBe(true);
    expect((await call('')).status).toBe(422);
    taken.length = 0;
    expect(await json(send('POST', '/send_img_path', { path: at('fox.png') }))).toBeNull();
    expect(taken).toEqual([at('fox.png')]);
    expect((await call(query(at('gone.png')))).status).toBe(404);
    expect((await call(query('/etc/passwd'))).status).toBe(403);
  });

  test('a path that the API does not know is 404, a wrong method 405', async () => {
    expect((await get('/nope')).status).toBe(404);
    const response = await send('POST', '/hello');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  });
});
