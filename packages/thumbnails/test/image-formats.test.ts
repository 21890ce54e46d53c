import { writeFile } from 'node:fs/promises';

import type { Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';

import { blue, distance, green, look, quarters, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const colours = [red, green, blue, yellow];
const box = { width: 100, height: 100 };

const encoders: Record<string, (image: Sharp) => Sharp> = {
  png: (image) => image.png(),
  jpg: (image) => image.jpeg({ quality: 95 }),
  webp: (image) => image.webp({ quality: 95 }),
  avif: (image) => image.avif({ quality: 80, effort: 0 }),
  gif: (image) => image.gif(),
  tiff: (image) => image.tiff(),
};

describe('thumbnail of each format', () => {
  test.each(Object.keys(encoders))('%s is fitted into the box as WebP', async (format) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await encoders[format]?.(quarters(400, 200, colours)).toFile(file(`picture.${format}`));
    const { path } = await thumbnailer.thumbnail(file(`picture.${format}`), box);
    const seen = await look(path);
    expect(seen).toMatchObject({ format: 'webp', width: 100, height: 50 });
    expect(distance(seen.quarters, colours)).toBeLessThan(16);
  });

  test('svg is drawn', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="600">
      <rect width="300" height="600" fill="rgb(30,50,210)"/></svg>`;
    await writeFile(file('picture.svg'), svg);
    const { path } = await thumbnailer.thumbnail(file('picture.svg'), box);
    const seen = await look(path);
    expect(seen).toMatchObject({ format: 'webp', width: 50, height: 100 });
    expect(distance(seen.quarters, [blue, blue, blue, blue])).toBeLessThan(8);
  });
});

describe('how a picture is fitted', () => {
  test('a small one keeps its size', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await quarters(40, 20, colours).png().toFile(file('small.png'));
    const { path } = await thumbnailer.thumbnail(file('small.png'), box);
    expect(await look(path)).toMatchObject({ width: 40, height: 20 });
  });

  // What the quarters show once each of the eight EXIF orientations is undone (TIFF 6.0, Orientation).
  test.each([
    [1, [red, green, blue, yellow]],
    [2, [green, red, yellow, blue]],
    [3, [yellow, blue, green, red]],
    [4, [blue, yellow, red, green]],
    [5, [red, blue, green, yellow]],
    [6, [blue, red, yellow, green]],
    [7, [yellow, green, blue, red]],
    [8, [green, yellow, red, blue]],
  ])('EXIF orientation %i is turned upright', async (orientation, expected) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const turned = file('turned.jpg');
    await quarters(400, 200, colours).withMetadata({ orientation }).jpeg().toFile(turned);
    const { path } = await thumbnailer.thumbnail(turned, box);
    const seen = await look(path);
    const upright = orientation < 5 ? { width: 100, height: 50 } : { width: 50, height: 100 };
    expect(seen).toMatchObject(upright);
    expect(distance(seen.quarters, expected)).toBeLessThan(16);
  });

  test('transparency is kept', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const withAlpha = [
      [...red, 255],
      [...green, 255],
      [...blue, 128],
      [0, 0, 0, 0],
    ];
    await quarters(200, 200, withAlpha).png().toFile(file('alpha.png'));
    const { path } = await thumbnailer.thumbnail(file('alpha.png'), box);
    const seen = await look(path);
    expect(seen.quarters.map((colour) => colour[3])).toEqual([255, 255, 128, 0]);
    expect(distance(seen.quarters.slice(0, 3), withAlpha.slice(0, 3))).toBeLessThan(16);
  });
});
