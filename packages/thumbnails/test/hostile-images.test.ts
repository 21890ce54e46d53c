import { truncate, unlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { blackPng } from './helpers/build-png.ts';
import { blue, distance, green, look, quarters, red, yellow, type Colour } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const box = { width: 64, height: 64 };
const allRed = [red, red, red, red];

const svg = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">${inside}</svg>`;

describe('too much', () => {
  test('60,000 x 60,000 pixels in a few kilobytes are too large', async () => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    await writeFile(file('bomb.png'), blackPng(60_000, 60_000));
    const asked = thumbnailer.thumbnail(file('bomb.png'), box);
    await expect(asked).rejects.toMatchObject({ code: 'too-large' });
    expect(await cached('temp')).toEqual([]);
  });

  test('the pixel limit is the one that was set', async () => {
    const { thumbnailer, open, file } = await thumbnailerFixture({ maxPixels: 200 * 100 });
    await quarters(200, 100, allRed).png().toFile(file('exact.png'));
    await quarters(201, 100, allRed).png().toFile(file('above.png'));
    await thumbnailer.thumbnail(file('exact.png'), box);
    const above = thumbnailer.thumbnail(file('above.png'), box);
    await expect(above).rejects.toMatchObject({ code: 'too-large' });
    await expect(above).rejects.toThrow('201 x 100 pixels, more than maxPixels (20000)');
    await open({ maxPixels: 201 * 100 }).thumbnail(file('above.png'), box);
  });

  test('a JPEG above the pixel limit is drawn where its decoder shrinks it below', async () => {
    const colours = [red, green, blue, yellow];
    const { thumbnailer, file } = await thumbnailerFixture({ maxPixels: 200 * 100 });
    await quarters(800, 400, colours).jpeg().toFile(file('large.jpg'));
    const seen = await look((await thumbnailer.thumbnail(file('large.jpg'), box)).path);
    expect(seen).toMatchObject({ width: 64, height: 32 });
    expect(distance(seen.quarters, colours)).toBeLessThan(16);
    const larger = thumbnailer.thumbnail(file('large.jpg'), { width: 401, height: 401 });
    await expect(larger).rejects.toMatchObject({ code: 'too-large' });
  });

  test.each(['progressive JPEG', 'PNG'])(
    'a %s above the pixel limit is too large, as all of it is held',
    async (kind) => {
      const { thumbnailer, file } = await thumbnailerFixture({ maxPixels: 200 * 100 });
      const picture = quarters(800, 400, allRed);
      await (kind === 'PNG' ? picture.png() : picture.jpeg({ progressive: true })).toFile(file('large'));
      const asked = thumbnailer.thumbnail(file('large'), box);
      await expect(asked).rejects.toMatchObject({ code: 'too-large' });
    },
  );

  test('more bytes than the limit are too large, and are not read', async () => {
    const { thumbnailer, file } = await thumbnailerFixture({ maxFileBytes: 1000 });
    await writeFile(file('long.png'), blackPng(10, 10));
    await thumbnailer.thumbnail(file('long.png'), box);
    await truncate(file('long.png'), 1001);
    const asked = thumbnailer.thumbnail(file('long.png'), box);
    await expect(asked).rejects.toMatchObject({ code: 'too-large' });
    expect((await thumbnailer.stats()).failed).toBe(0);
  });

  test('a GIF of 10,000 frames shows the first', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const one = await quarters(60, 60, allRed).gif().toBuffer();
    // A frame begins with its graphic control extension, and the file ends with one byte (GIF89a, 23 and 27).
    const start = one.indexOf(Buffer.from([0x21, 0xf9, 0x04]));
    const frames = Array.from({ length: 10_000 }, () => one.subarray(start, -1));
    await writeFile(file('long.gif'), Buffer.concat([one.subarray(0, start), ...frames, one.subarray(-1)]));
    const { path } = await thumbnailer.thumbnail(file('long.gif'), box);
    const seen = await look(path);
    expect(seen).toMatchObject({ width: 60, height: 60 });
    expect(distance(seen.quarters, allRed)).toBeLessThan(8);
  });

  test('an SVG that would be drawn for hours is given up in time, and the next one is drawn', async () => {
    const { thumbnailer, file, cached } = await thumbnailerFixture({ timeoutMs: 2000 });
    const doubled = Array.from({ length: 30 }, (_, level) =>
      level === 0
        ? '<g id="g0"><rect width="1" height="1"/></g>'
        : `<g id="g${level}"><use href="#g${level - 1}"/><use href="#g${level - 1}"/></g>`,
    );
    await writeFile(file('slow.svg'), svg(`<defs>${doubled.join('')}</defs><use href="#g29"/>`));
    const asked = thumbnailer.thumbnail(file('slow.svg'), box);
    await expect(asked).rejects.toMatchObject({ code: 'timeout' });
    expect(await cached('temp')).toEqual([]);
    await writeFile(file('quick.svg'), svg('<rect width="100" height="100" fill="red"/>'));
    expect(await thumbnailer.thumbnail(file('quick.svg'), box)).toMatchObject({ etag: expect.any(String) });
  });

  test('entities that multiply are refused', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const names = 'abcdefghij'.split('');
    const entities = names.map((name, index) => {
      const text = index === 0 ? 'lol' : `&${names[index - 1]};`.repeat(10);
      return `<!ENTITY ${name} "${text}">`;
    });
    await writeFile(file('lol.svg'), `<!DOCTYPE svg [${entities.join('')}]>${svg('<text>&j;</text>')}`);
    const asked = thumbnailer.thumbnail(file('lol.svg'), box);
    await expect(asked).rejects.toMatchObject({ code: 'truncated' });
  });
});

describe('an SVG that shows something else', () => {
  let server: Server;
  let requests: string[];

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterEach(() => server.close());

  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  test('from the network is refused, and nothing is fetched', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writeFile(file('net.svg'), svg(`<image href="${address()}/a.png" width="9" height="9"/>`));
    await writeFile(file('css.svg'), svg(`<style>@import "${address()}/a.css";</style>`));
    for (const name of ['net.svg', 'css.svg']) {
      const asked = thumbnailer.thumbnail(file(name), box);
      await expect(asked).rejects.toMatchObject({ code: 'external-reference' });
    }
    expect(requests).toEqual([]);
  });

  test('from its own folder is refused', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await quarters(50, 50, allRed).png().toFile(file('secret.png'));
    await writeFile(file('a.svg'), svg('<image href="secret.png" width="100" height="100"/>'));
    const asked = thumbnailer.thumbnail(file('a.svg'), box);
    await expect(asked).rejects.toMatchObject({ code: 'external-reference' });
  });

  test('is refused although it is made to look like a video', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await quarters(50, 50, allRed).png().toFile(file('secret.png'));
    const text = svg('<image href="secret.png" width="100" height="100"/>').replace(
      '>',
      ' '.repeat(200) + '>',
    );
    // A transport stream has this letter every 188 bytes.
    const disguised = Buffer.from(text.replace(/ {200}/u, ` id="${'G'.repeat(190)}"`));
    expect(disguised[188]).toBe('G'.charCodeAt(0));
    await writeFile(file('a.svg'), disguised);
    const asked = thumbnailer.thumbnail(file('a.svg'), box);
    await expect(asked).rejects.toMatchObject({ code: 'external-reference' });
  });

  test('in a way that we overlook shows nothing of it', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await quarters(50, 50, allRed).png().toFile(file('secret.png'));
    const inside = '<image href="secret.png" width="100" height="100"/>';
    const text = `<?xml version="1.0" encoding="UTF-16"?>${svg(inside)}`;
    // The loader looks for "<svg" in the first thousand bytes, and a comment may hold it.
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    await writeFile(file('hidden.svg'), utf16);
    const outcome: unknown = await thumbnailer.thumbnail(file('hidden.svg'), box).then(
      async ({ path }) => (await look(path)).quarters,
      (error: unknown) => error,
    );
    const nothing: Colour[] = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
    expect([nothing, expect.objectContaining({ code: 'not-an-image' })]).toContainEqual(outcome);
  });
});

describe('a file that vanishes', () => {
  test('between two requests is not found', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await quarters(50, 50, allRed).png().toFile(file('a.png'));
    await thumbnailer.thumbnail(file('a.png'), box);
    await unlink(file('a.png'));
    const asked = thumbnailer.thumbnail(file('a.png'), box);
    await expect(asked).rejects.toMatchObject({ code: 'not-found' });
  });

  test('while its request waits is not found', async () => {
    const { thumbnailer, file, cached } = await thumbnailerFixture({ concurrency: 1 });
    await quarters(50, 50, allRed).png().toFile(file('a.png'));
    // The render process has yet to start, which takes longer than the removal.
    const asked = thumbnailer.thumbnail(file('a.png'), box);
    const settled = asked.catch((error: unknown) => error);
    while ((await thumbnailer.stats()).running === 0) await Promise.resolve();
    await unlink(file('a.png'));
    expect(await settled).toMatchObject({ code: 'not-found' });
    expect(await cached('temp')).toEqual([]);
  });
});
