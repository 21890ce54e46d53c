import { stat } from 'node:fs/promises';

import sharp from 'sharp';
import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, library, at } = await madeService();

overTransports(service, ({ get }) => {
  test('/image-thumbnail is a WebP in the box, never enlarged, and answers 304', async () => {
    const query = { path: at('fox.png'), t: '1', size: '16x16' };
    const response = await get('/image-thumbnail', query);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(response.headers.get('cache-control')).toBe('private, max-age=31536000');
    const image = sharp(Buffer.from(await response.arrayBuffer()));
    expect(await image.metadata()).toMatchObject({ format: 'webp', width: 16, height: 12 });

    const etag = response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await get('/image-thumbnail', query, { headers: { 'if-none-match': `"x", ${etag}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);

    const large = await get('/image-thumbnail', { ...query, size: '4096x4096' });
    expect(await sharp(Buffer.from(await large.arrayBuffer())).metadata()).toMatchObject({
      width: 64,
      height: 48,
    });
  });

  test('/image-thumbnail names a bad size and what is no image', async () => {
    const bad = await get('/image-thumbnail', { path: at('fox.png'), size: '0x5000' });
    expect([bad.status, await bad.json()]).toEqual([
      400,
      { detail: 'size must be WIDTHxHEIGHT, each 1 to 4096, not "0x5000"' },
    ]);
    expect((await get('/image-thumbnail', { path: at('notes.txt') })).status).toBe(400);
    expect((await get('/image-thumbnail', { path: at('gone.png') })).status).toBe(404);
  });

  test('/file is the bytes, in ranges and under conditions too', async () => {
    const whole = await get('/file', { path: at('fox.png') });
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(whole.headers.get('content-type')).toBe('image/png');
    expect(bytes).toHaveLength((await stat(at('fox.png'))).size);

    const part = await get('/file', { path: at('fox.png') }, { headers: { range: 'bytes=1-3' } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      'PNG',
      `bytes 1-3/${bytes.length}`,
    ]);
    const clamped = await get('/file', { path: at('fox.png') }, { headers: { range: 'bytes=8-999999' } });
    expect([clamped.status, (await clamped.arrayBuffer()).byteLength]).toEqual([206, bytes.length - 8]);
    const suffix = await get('/file', { path: at('fox.png') }, { headers: { range: 'bytes=-4' } });
    expect(Buffer.from(await suffix.arrayBuffer())).toEqual(bytes.subarray(-4));
    const outside = await get('/file', { path: at('fox.png') }, { headers: { range: 'bytes=999999-' } });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);

    const etag = whole.headers.get('etag') ?? '';
    const same = await get('/file', { path: at('fox.png') }, { headers: { 'if-none-match': etag } });
    expect([same.status, await same.text()]).toEqual([304, '']);
  });

  test('/file saves under the name that was asked for, whatever it holds', async () => {
    const response = await get('/file', { path: at('fox.png'), disposition: 'füchse "2"\r\nx: y.png' });
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''f%C3%BCchse%20%222%22%0D%0Ax%3A%20y.png",
    );
  });

  test('/file of a folder is refused, of nothing is 404', async () => {
    expect((await get('/file', { path: library })).status).toBe(400);
    expect((await get('/file', { path: at('gone.png') })).status).toBe(404);
  });
});
