import { mkdir, writeFile } from 'node:fs/promises';

import { isThumbnailError } from '@iib-kit/thumbnails';
import { describe, expect, test } from 'vitest';

import { blue, distance, grainyQuarters, green, look, quarters, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const box = { width: 64, height: 64 };

describe('wrong use', () => {
  test.each([
    [{ width: 0, height: 10 }, RangeError],
    [{ width: 10, height: 4097 }, RangeError],
    [{ width: 10.5, height: 10 }, RangeError],
    [{ width: '10', height: 10 }, TypeError],
  ])('the box %o is refused', async (wrong, expected) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    // @ts-expect-error one of the cases has a text for a number
    const asked = thumbnailer.thumbnail(file('any.png'), wrong);
    await expect(asked).rejects.toBeInstanceOf(expected);
  });
});

describe('a wrong path', () => {
  test('that is no text or holds a NUL is a TypeError', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await expect(thumbnailer.thumbnail(file('a\0.png'), box)).rejects.toBeInstanceOf(TypeError);
    // @ts-expect-error a caller without types
    await expect(thumbnailer.thumbnail(undefined, box)).rejects.toBeInstanceOf(TypeError);
  });

  test.each(['x'.repeat(5000), 'file.png/inside.png'])('that cannot exist is not found', async (name) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writeFile(file('file.png'), 'a file, and no folder');
    await expect(thumbnailer.thumbnail(file(name), box)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('bad files', () => {
  test.each([
    ['no-such-file.png', 'not-found', undefined],
    ['empty.png', 'not-an-image', Buffer.alloc(0)],
    ['text.png', 'not-an-image', Buffer.from('hello, I am a text and no picture at all')],
    ['same-bytes.jpg', 'not-an-image', Buffer.alloc(4000, 0x5a)],
    ['photoshop.psd', 'unsupported', Buffer.from('8BPS and what follows it')],
  ])('%s is %s', async (name, code, content) => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    if (content) await writeFile(file(name), content);
    const error: unknown = await thumbnailer.thumbnail(file(name), box).catch((e: unknown) => e);
    expect(isThumbnailError(error)).toBe(true);
    expect(error).toMatchObject({ code });
    expect(await cached('temp')).toEqual([]);
    expect(await cached('entries')).toEqual([]);
  });

  test('a folder is not a file', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await mkdir(file('folder.png'));
    const asked = thumbnailer.thumbnail(file('folder.png'), box);
    await expect(asked).rejects.toMatchObject({ code: 'not-a-file' });
  });

  test.each(['webp', 'avif', 'tiff'] as const)('a %s that ends early is truncated', async (format) => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    const whole = await quarters(600, 600, [red, green, blue, yellow]).toFormat(format).toBuffer();
    await writeFile(file('cut'), whole.subarray(0, Math.floor(whole.length * 0.6)));
    const asked = thumbnailer.thumbnail(file('cut'), box);
    await expect(asked).rejects.toMatchObject({ code: 'truncated' });
    expect(await cached('entries')).toEqual([]);
  });

  test.each([
    ['jpeg', { progressive: false }],
    ['jpeg', { progressive: true }],
    ['png', { progressive: false }],
    ['gif', {}],
  ] as const)('a %s (%o) that ends early shows what is there', async (format, options) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const whole = await (
      await grainyQuarters(600, 600, [red, green, blue, yellow])
    )
      .toFormat(format, options)
      .toBuffer();
    await writeFile(file('cut'), whole.subarray(0, Math.floor(whole.length * 0.6)));
    const seen = await look((await thumbnailer.thumbnail(file('cut'), box)).path);
    expect(seen).toMatchObject({ format: 'webp', width: 64, height: 64 });
    expect(distance(seen.quarters.slice(0, 2), [red, green])).toBeLessThan(40);
  });

  test('a JPEG without its end marker shows all of it', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const colours = [red, green, blue, yellow];
    const whole = await quarters(600, 600, colours).jpeg().toBuffer();
    await writeFile(file('cut.jpg'), whole.subarray(0, -2));
    const seen = await look((await thumbnailer.thumbnail(file('cut.jpg'), box)).path);
    expect(distance(seen.quarters, colours)).toBeLessThan(16);
  });

  test.each(['jpeg', 'png'] as const)(
    'a %s that ends before its first pixels is truncated',
    async (format) => {
      const { thumbnailer, file, cached } = await thumbnailerFixture();
      const whole = await (
        await grainyQuarters(600, 600, [red, green, blue, yellow])
      )
        .toFormat(format)
        .toBuffer();
      const pixels = whole.indexOf(format === 'jpeg' ? Buffer.from([0xff, 0xda]) : 'IDAT', 0, 'latin1');
      await writeFile(file('cut'), whole.subarray(0, pixels + 14));
      const asked = thumbnailer.thumbnail(file('cut'), box);
      await expect(asked).rejects.toMatchObject({ code: 'truncated' });
      expect(await cached('entries')).toEqual([]);
    },
  );
});
