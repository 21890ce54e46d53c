import { mkdir } from 'node:fs/promises';

import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

import { blue, distance, green, look, quarters, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const box = { width: 100, height: 100 };
const colours = [red, green, blue, yellow];

describe('the colours of a thumbnail', () => {
  test('of a picture with a wide colour profile are those of sRGB', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await quarters(200, 200, colours).withIccProfile('p3').png().toFile(file('p3.png'));
    const stored = await sharp(file('p3.png'), { ignoreIcc: true }).raw().toBuffer();
    const { path } = await thumbnailer.thumbnail(file('p3.png'), box);
    expect(distance((await look(path)).quarters, colours)).toBeLessThan(12);
    // Without the profile the numbers in the file would be taken as they are.
    expect(Math.abs((stored[0] ?? 0) - (red[0] ?? 0))).toBeGreaterThan(12);
  });

  test('of a CMYK JPEG are those that are seen', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await quarters(200, 200, colours).toColourspace('cmyk').jpeg({ quality: 95 }).toFile(file('cmyk.jpg'));
    expect((await sharp(file('cmyk.jpg')).metadata()).space).toBe('cmyk');
    const { path } = await thumbnailer.thumbnail(file('cmyk.jpg'), box);
    const seen = await look(path);
    // Print colours are duller; the order of the channels is what matters.
    expect(distance(seen.quarters, colours)).toBeLessThan(80);
  });

  test('of 16 bits keep their brightness', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await quarters(200, 200, colours).toColourspace('rgb16').png().toFile(file('deep.png'));
    expect((await sharp(file('deep.png')).metadata()).depth).toBe('ushort');
    const { path } = await thumbnailer.thumbnail(file('deep.png'), box);
    expect(distance((await look(path)).quarters, colours)).toBeLessThan(16);
  });

  test('of grey are grey', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const greys = [
      [0, 0, 0],
      [80, 80, 80],
      [160, 160, 160],
      [255, 255, 255],
    ];
    await quarters(200, 200, greys).greyscale().png().toFile(file('grey.png'));
    const { path } = await thumbnailer.thumbnail(file('grey.png'), box);
    expect(distance((await look(path)).quarters, greys)).toBeLessThan(8);
  });

  test.each(['gif', 'webp'] as const)('of an animated %s are those of its first frame', async (format) => {
    const { thumbnailer, file, dir } = await thumbnailerFixture();
    await mkdir(dir, { recursive: true });
    const frames = [red, green, blue].map((colour) =>
      quarters(80, 80, [colour, colour, colour, colour]).png().toBuffer(),
    );
    const animated = sharp(await Promise.all(frames), { join: { animated: true } });
    await animated.toFormat(format).toFile(file(`moving.${format}`));
    expect((await sharp(file(`moving.${format}`)).metadata()).pages).toBe(3);
    const { path } = await thumbnailer.thumbnail(file(`moving.${format}`), box);
    const seen = await look(path);
    expect(seen).toMatchObject({ width: 80, height: 80 });
    expect(distance(seen.quarters, [red, red, red, red])).toBeLessThan(16);
  });
});
