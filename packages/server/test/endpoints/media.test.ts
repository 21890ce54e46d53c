import { stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import sharp from 'sharp';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { needsVideoDecoder } from '../../../thumbnails/test/helpers/needs-video.ts';
import { infotext, makeImage } from '../helpers/make-image.ts';
import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';
import { writeClip } from '../helpers/write-clip.ts';

const { service, folder, library, at } = await madeService();

const script = '<script>fetch("/hello")</script>';
const large = Buffer.from(Array.from({ length: 700_000 }, (_, index) => index % 251));

beforeAll(async () => {
  await writeClip(at('clip.webm'));
  await writeFile(at('song.mp3'), 'ID3 not much of a song');
  await writeFile(at('large.bin'), large);
  await writeFile(at('empty.txt'), '');
  await writeFile(at('page.html'), script);
  await writeFile(at('page.xhtml'), script);
  await writeFile(at('feed.xml'), '<a/>');
  await writeFile(at('code.js'), 'alert(1)');
  await writeFile(at('picture.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`);
  await sharp({ create: { width: 40, height: 20, channels: 3, background: '#00ff00' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toFile(at('turned.jpg'));
});

const ofTheConnection = new Set(['date', 'connection', 'keep-alive', 'x-request-id']);

const bytesOf = async (answer: Response | Promise<Response>) =>
  Buffer.from(await (await answer).arrayBuffer());

overTransports(service, ({ transport, get, send, json }) => {
  describe('/image-thumbnail', () => {
    test('is a WebP in the box, never enlarged, and answers 304', async () => {
      const query = { path: at('fox.png'), t: '1', size: '16x16' };
      const response = await get('/image-thumbnail', query);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp']);
      expect(response.headers.get('cache-control')).toBe('private, max-age=31536000');
      const image = sharp(await bytesOf(response));
      expect(await image.metadata()).toMatchObject({ format: 'webp', width: 16, height: 12 });

      const etag = response.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]+"$/);
      const again = await get('/image-thumbnail', query, { headers: { 'if-none-match': `"x", ${etag}` } });
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);

      const unbounded = await get('/image-thumbnail', { ...query, size: '4096x4096' });
      expect(await sharp(await bytesOf(unbounded)).metadata()).toMatchObject({ width: 64, height: 48 });
    });

    test('is turned as EXIF says', async () => {
      const response = await get('/image-thumbnail', { path: at('turned.jpg') });
      expect(await sharp(await bytesOf(response)).metadata()).toMatchObject({ width: 20, height: 40 });
    });

    test('is another one when the file has changed, whatever t says', async () => {
      const query = { path: at('changing.png'), t: '1' };
      await makeImage(at('changing.png'), { width: 30, height: 20 });
      const before = await get('/image-thumbnail', query);
      await makeImage(at('changing.png'), {
        width: 20,
        height: 30,
        modified: new Date(Date.UTC(2020, 0, 1)),
      });
      const after = await get('/image-thumbnail', query);
      expect(await sharp(await bytesOf(before)).metadata()).toMatchObject({ width: 30, height: 20 });
      expect(await sharp(await bytesOf(after)).metadata()).toMatchObject({ width: 20, height: 30 });
      expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    });

    test('names a bad size and what is no image', async () => {
      const bad = await get('/image-thumbnail', { path: at('fox.png'), size: '0x5000' });
      expect([bad.status, await bad.json()]).toEqual([
        400,
        { detail: 'size must be WIDTHxHEIGHT, each 1 to 4096, not "0x5000"' },
      ]);
      expect((await get('/image-thumbnail', { path: at('notes.txt') })).status).toBe(400);
      expect((await get('/image-thumbnail', { path: at('gone.png') })).status).toBe(404);
    });
  });

  describe.each(['/file', '/stream_video'])('%s', (route) => {
    const range = (name: string, value: string, more: Record<string, string> = {}) =>
      get(route, { path: at(name) }, { headers: { range: value, ...more } });

    test('is the bytes with their length and type', async () => {
      const whole = await get(route, { path: at('fox.png') });
      const { size, mtime } = await stat(at('fox.png'));
      expect([whole.status, Object.fromEntries(whole.headers)]).toMatchObject([
        200,
        {
          'content-type': 'image/png',
          'content-length': String(size),
          'accept-ranges': 'bytes',
          'cache-control': 'private, no-cache',
          'last-modified': mtime.toUTCString(),
          'x-content-type-options': 'nosniff',
        },
      ]);
      expect(await bytesOf(whole)).toHaveLength(size);
      expect((await bytesOf(get(route, { path: at('large.bin') }))).equals(large)).toBe(true);
      const empty = await get(route, { path: at('empty.txt') });
      expect([empty.status, empty.headers.get('content-length'), await empty.text()]).toEqual([200, '0', '']);
    });

    test.each([
      ['a first piece', 'bytes=0-9', 0, 9],
      ['one byte', 'bytes=300000-300000', 300_000, 300_000],
      ['a piece of many chunks', 'bytes=1000-650000', 1000, 650_000],
      ['an end that is left open', 'bytes=699990-', 699_990, 699_999],
      ['Range past the end is clamped, not refused', 'bytes=699990-9999999', 699_990, 699_999],
      ['the last bytes', 'bytes=-5', 699_995, 699_999],
      ['more last bytes than there are', 'bytes=-9999999', 0, 699_999],
    ])('answers %s', async (_, header, first, last) => {
      const response = await range('large.bin', header);
      expect([
        response.status,
        response.headers.get('content-range'),
        response.headers.get('content-length'),
      ]).toEqual([206, `bytes ${first}-${last}/700000`, String(last - first + 1)]);
      expect((await bytesOf(response)).equals(large.subarray(first, last + 1))).toBe(true);
    });

    test('a range that begins past the end is 416 with the length, several ranges are the whole', async () => {
      for (const header of ['bytes=700000-', 'bytes=800000-900000', 'bytes=-0']) {
        const response = await range('large.bin', header);
        expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([
          416,
          'bytes */700000',
          '',
        ]);
      }
      expect((await range('empty.txt', 'bytes=0-')).headers.get('content-range')).toBe('bytes */0');
      const several = await range('large.bin', 'bytes=0-1,5-6');
      expect([several.status, (await bytesOf(several)).length]).toEqual([200, 700_000]);
    });

    test('If-Range lets a range through only for the same state', async () => {
      const whole = await get(route, { path: at('large.bin') }, { method: 'HEAD' });
      const etag = whole.headers.get('etag') ?? '';
      const modified = whole.headers.get('last-modified') ?? '';
      const status = async (ifRange: string) => {
        const response = await range('large.bin', 'bytes=0-1', { 'if-range': ifRange });
        await response.arrayBuffer();
        return response.status;
      };
      expect([await status(etag), await status(modified)]).toEqual([206, 206]);
      expect([await status('"other"'), await status(`W/${etag}`)]).toEqual([200, 200]);
      expect(await status('Sat, 01 Jan 2000 00:00:00 GMT')).toBe(200);
    });

    test('ETag is quoted and strong, and it and the date are answered with 304', async () => {
      const whole = await get(route, { path: at('fox.png') });
      const etag = whole.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w.-]+"$/);
      const conditions: Record<string, string>[] = [
        { 'if-none-match': etag },
        { 'if-none-match': `W/${etag}` },
        { 'if-modified-since': whole.headers.get('last-modified') ?? '' },
      ];
      for (const headers of conditions) {
        const same = await get(route, { path: at('fox.png') }, { headers });
        expect([same.status, same.headers.get('etag'), await same.text()]).toEqual([304, etag, '']);
      }
      const others: [Record<string, string>, number][] = [
        [{ 'if-none-match': '"other"' }, 200],
        [{ 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' }, 200],
        [{ 'if-match': '"other"' }, 412],
      ];
      for (const [headers, status] of others) {
        expect((await get(route, { path: at('fox.png') }, { headers })).status).toBe(status);
      }
    });

    test('a file written anew has another ETag, even of the same size and time', async () => {
      const state = async () => {
        await makeImage(at('anew.png'), { modified: new Date(Date.UTC(2024, 5, 1)) });
        return (await get(route, { path: at('anew.png') })).headers.get('etag');
      };
      const before = await state();
      await utimes(at('anew.png'), new Date(), new Date(Date.UTC(2024, 5, 2)));
      expect((await get(route, { path: at('anew.png') })).headers.get('etag')).not.toBe(before);
    });

    test('HEAD is GET without the body', async () => {
      for (const name of ['fox.png', 'large.bin']) {
        const [head, whole] = [
          await get(route, { path: at(name) }, { method: 'HEAD' }),
          await get(route, { path: at(name) }),
        ];
        const own = ({ headers }: Response) =>
          Object.fromEntries([...headers].filter(([name]) => !ofTheConnection.has(name)));
        expect([head.status, own(head), await head.text()]).toEqual([200, own(whole), '']);
        await whole.arrayBuffer();
      }
    });

    test('a folder is refused, nothing is 404', async () => {
      const refused = await get(route, { path: library });
      expect([refused.status, await refused.json()]).toEqual([
        400,
        { detail: `${JSON.stringify(library)} is not a file` },
      ]);
      expect((await get(route, { path: at('gone.png') })).status).toBe(404);
      expect((await get(route, { path: at('fox.png/gone.png') })).status).toBe(404);
    });

    test('a client that leaves in the middle takes nothing with it', async () => {
      for (let round = 0; round < 20; round += 1) {
        const leaving = new AbortController();
        const response = await get(route, { path: at('large.bin') }, { signal: leaving.signal });
        await response.body?.getReader().read();
        leaving.abort();
      }
      expect((await bytesOf(get(route, { path: at('large.bin') }))).equals(large)).toBe(true);
    });

    test('pages and scripts are text, and an SVG is in a sandbox', async () => {
      for (const name of ['page.html', 'page.xhtml', 'feed.xml', 'code.js']) {
        const response = await get(route, { path: at(name) });
        expect([
          response.headers.get('content-type'),
          response.headers.get('x-content-type-options'),
        ]).toEqual(['text/plain; charset=utf-8', 'nosniff']);
      }
      expect((await get(route, { path: at('large.bin') })).headers.get('content-type')).toBe(
        'application/octet-stream',
      );
      const svg = await get(route, { path: at('picture.svg') });
      expect(svg.headers.get('content-type')).toBe('image/svg+xml');
      expect(svg.headers.get('content-security-policy')).toMatch(/^default-src 'none';.* sandbox;/);
    });
  });

  test('/stream_video plays videos and sounds', async () => {
    for (const [name, type] of [
      ['clip.webm', 'video/webm'],
      ['song.mp3', 'audio/mpeg'],
    ] as const) {
      const response = await get('/stream_video', { path: at(name) }, { headers: { range: 'bytes=0-' } });
      expect([response.status, response.headers.get('content-type')]).toEqual([206, type]);
      expect(await bytesOf(response)).toHaveLength((await stat(at(name))).size);
    }
  });

  test('/file saves under the name that was asked for, whatever it holds, and else proposes its own', async () => {
    const response = await get('/file', { path: at('fox.png'), disposition: 'füchse "2"\r\nx: y.png' });
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''f%C3%BCchse%20%222%22%0D%0Ax%3A%20y.png",
    );
    const shown = await get('/file', { path: at('fox.png') });
    expect(shown.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''fox.png");
  });

  describe('/img', () => {
    test('is the image under its name', async () => {
      await makeImage(at('two foxes #1.png'));
      const response = await get(`/img/${encodeURIComponent('two foxes #1.png')}`, {
        path: at('two foxes #1.png'),
        t: '1',
      });
      expect([
        response.status,
        response.headers.get('content-type'),
        response.headers.get('content-disposition'),
      ]).toEqual([200, 'image/png', "inline; filename*=UTF-8''two%20foxes%20%231.png"]);
      expect(await bytesOf(response)).toHaveLength((await stat(at('two foxes #1.png'))).size);
    });

    test.each([
      ['the name of another file', 'other.png', 'fox.png', 400],
      ['what is no image', 'notes.txt', 'notes.txt', 400],
      ['a page', 'page.html', 'page.html', 400],
      ['what is not there', 'gone.png', 'gone.png', 404],
      ['a link that leads out', 'way-out.png', 'way-out.png', 403],
    ])('refuses %s', async (_, filename, name, status) => {
      expect((await get(`/img/${filename}`, { path: at(name) })).status).toBe(status);
    });
  });

  describe('/video_cover', () => {
    beforeEach(needsVideoDecoder);

    test('is a frame of a clip, also of one under 17 frames', async () => {
      const query = { path: at('clip.webm'), mt: '1' };
      const response = await get('/video_cover', query);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp']);
      // Not kept without asking: another image may be set.
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
      const cover = sharp(await bytesOf(response));
      expect(await cover.metadata()).toMatchObject({ format: 'webp', width: 64, height: 36 });
      const corner = await cover.extract({ left: 4, top: 4, width: 8, height: 8 }).png().toBuffer();
      const { dominant } = await sharp(corner).stats();
      expect([dominant.r > 200, dominant.g < 60]).toEqual([true, true]);
      const etag = response.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]+"$/);
      expect((await get('/video_cover', query, { headers: { 'if-none-match': etag } })).status).toBe(304);

      const small = await get('/video_cover', { ...query, size: '16x16' });
      expect(await sharp(await bytesOf(small)).metadata()).toMatchObject({ width: 16, height: 9 });
    });

    test('names what is no video', async () => {
      expect((await get('/video_cover', { path: at('notes.txt'), mt: '1' })).status).toBe(400);
      expect((await get('/video_cover', { path: at('gone.mp4'), mt: '1' })).status).toBe(404);
    });
  });

  describe('/set_target_frame_as_video_cover', () => {
    beforeEach(needsVideoDecoder);

    const green = () =>
      sharp({ create: { width: 32, height: 32, channels: 3, background: '#00ff00' } })
        .png()
        .toBuffer();
    const setCover = (name: string, image: string) =>
      send('POST', '/set_target_frame_as_video_cover', {
        path: at(name),
        base64_img: image,
        updated_time: '1',
      });

    test.each([
      ['a data URL', (base64: string) => `data:image/png;base64,${base64}`],
      ['base64 alone', (base64: string) => base64],
    ])('makes an image the cover, sent as %s', async (form, write) => {
      const name = `cover-${transport.replace(/\W/g, '')}-${form.replaceAll(' ', '')}.webm`;
      // Its cover is found by its content, so that it has to be another one than that of the other tests.
      await writeClip(at(name), name);
      const frame = await get('/video_cover', { path: at(name), mt: '1' });
      await frame.arrayBuffer();
      const set = await setCover(name, write((await green()).toString('base64')));
      expect([set.status, set.headers.get('content-type')]).toEqual([200, 'image/webp']);
      const answered = await bytesOf(set);
      expect(await sharp(answered).metadata()).toMatchObject({ format: 'webp', width: 32, height: 32 });
      const { dominant } = await sharp(answered).stats();
      expect([dominant.r < 60, dominant.g > 200]).toEqual([true, true]);
      const cover = await get(
        '/video_cover',
        { path: at(name), mt: '1' },
        { headers: { 'if-none-match': frame.headers.get('etag') ?? '' } },
      );
      expect(cover.status).toBe(200);
      expect((await bytesOf(cover)).equals(answered)).toBe(true);
    });

    test('takes nothing but an image for a video of the library', async () => {
      const image = (await green()).toString('base64');
      const cover = () => bytesOf(get('/video_cover', { path: at('clip.webm'), mt: '1' }));
      const before = await cover();
      const refused = async (name: string, text: string) => {
        const response = await setCover(name, text);
        await response.arrayBuffer();
        return response.status;
      };
      expect(await refused('clip.webm', Buffer.from('no image at all').toString('base64'))).toBe(400);
      expect(await refused('clip.webm', '%%%')).toBe(400);
      expect(await refused('clip.webm', 'data:image/png,%89PNG')).toBe(400);
      expect(await refused('clip.webm', '')).toBe(422);
      expect(await refused('clip.webm', 'A'.repeat(12 * 1024 * 1024 + 1))).toBe(
        transport === 'Express 5 with body parsers' ? 413 : 422,
      );
      expect(await refused('fox.png', image)).toBe(400);
      expect(await refused('gone.webm', image)).toBe(404);
      expect(await refused('../private/clip.webm', image)).toBe(403);
      expect((await cover()).equals(before)).toBe(true);
    });
  });

  test.for([
    ['/file', 'fox.png'],
    ['/file', 'private/secret.png'],
    ['/stream_video', 'clip.webm'],
    ['/video_cover', 'clip.webm'],
    ['/image-thumbnail', 'fox.png'],
    ['/img/fox.png', 'fox.png'],
  ] as const)('%s of %s is never marked public', async ([route, name], context) => {
    if (route === '/video_cover') needsVideoDecoder(context);
    const target = name.startsWith('private/') ? path.join(folder, name) : at(name);
    for (const stamp of [{}, { t: '1', mt: '1' }]) {
      const response = await get(route, { path: target, ...stamp });
      await response.arrayBuffer();
      expect(response.headers.get('cache-control')).toMatch(
        /^(?:private, (?:max-age=31536000|no-cache)|no-store)$/,
      );
    }
  });

  describe('/db/generate_thumbnails', () => {
    interface Job {
      readonly status: string;
      readonly kind: string;
      readonly progress: number;
      readonly progress_detail: Record<string, number>;
      readonly result: Record<string, number> | null;
    }
    const folderOf = (name: string) => at(`made-${transport.replaceAll(/\W/g, '-')}-${name}`);
    const generate = async (body: object) =>
      (await json<{ job_id: string }>(send('POST', '/db/generate_thumbnails', body))).job_id;
    const job = (job_id: string) => json<Job>(get('/db/jobs/status', { job_id }));
    const ended = async (job_id: string) => {
      await expect.poll(async () => (await job(job_id)).status).toMatch(/ed$/);
      return job(job_id);
    };

    test('makes what is missing, counts what was there and what cannot be drawn', async (context) => {
      needsVideoDecoder(context);
      const wanted = { folder_paths: [folderOf('few')], size: '24x24' };
      // Of the same content one would be drawn for both, and for the other transports.
      await makeImage(path.join(folderOf('few'), 'one.png'), { text: infotext(transport, 1) });
      await makeImage(path.join(folderOf('few'), 'deep/two.png'), { text: infotext(transport, 2) });
      await writeFile(path.join(folderOf('few'), 'broken.png'), 'not a picture');
      await writeClip(path.join(folderOf('few'), 'clip.webm'), transport);
      const counts = { done: 4, rendered: 3, cached: 0, failed: 1 };
      expect(await ended(await generate(wanted))).toMatchObject({
        status: 'completed',
        kind: 'thumbnails',
        progress: 1,
        progress_detail: { ...counts, total: 4 },
        result: counts,
      });
      const images = await ended(await generate({ ...wanted, videos: false }));
      expect(images.result).toEqual({ done: 3, rendered: 0, cached: 2, failed: 1 });
      const videos = await ended(await generate({ ...wanted, images: false }));
      expect(videos.result).toEqual({ done: 1, rendered: 0, cached: 1, failed: 0 });
    });

    test('is joined by who asks for the same, and can be cancelled and begun again', async () => {
      const many = Array.from({ length: 60 }, (_, index) => path.join(folderOf('many'), `${index}.png`));
      for (const file of many) await makeImage(file, { width: 200, height: 200 });
      const wanted = { folder_paths: [folderOf('many')], size: '128x128' };
      const [first, same, other] = await Promise.all([
        generate(wanted),
        generate({ ...wanted, folder_paths: [`${folderOf('many')}/../${path.basename(folderOf('many'))}`] }),
        generate({ ...wanted, size: '127x127' }),
      ]);
      expect(same).toBe(first);
      expect(other).not.toBe(first);
      await json(send('POST', '/db/jobs/cancel', { job_id: other }));
      await json(send('POST', '/db/jobs/cancel', { job_id: first }));
      expect(await ended(first)).toMatchObject({ status: 'cancelled', result: null });
      const again = await generate(wanted);
      expect(again).not.toBe(first);
      expect((await ended(again)).result).toMatchObject({ done: 60, failed: 0 });
    });

    test('without folders it is for all of the library', async () => {
      const { result } = await ended(await generate({ size: '16x16', videos: false }));
      expect(result?.['done']).toBeGreaterThan(6);
    });

    test.each([
      [404, { folder_paths: [at('none')] }],
      [400, { folder_paths: [at('fox.png')] }],
      [403, { folder_paths: [folder] }],
      [400, { size: '0x9' }],
      [400, { images: false, videos: false }],
    ])('answers %d to %j', async (status, body) => {
      const response = await send('POST', '/db/generate_thumbnails', body);
      expect([response.status, typeof ((await response.json()) as { detail: string }).detail]).toEqual([
        status,
        'string',
      ]);
    });
  });
});
