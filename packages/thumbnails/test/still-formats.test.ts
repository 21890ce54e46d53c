import { writeFile } from 'node:fs/promises';

import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';

import { buildHeic, buildTransparentHeic } from './helpers/build-heic.ts';
import { makeVideo } from './helpers/make-video.ts';
import { needsNodeAv } from './helpers/needs-video.ts';
import { blue, distance, green, look, quarters, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

beforeEach(needsNodeAv);

const colours = [red, green, blue, yellow];
const box = { width: 100, height: 100 };

/** A BMP of 24 bits: rows from the bottom, blue first, each filled up to four bytes. */
async function bitmap(width: number, height: number): Promise<Buffer> {
  const rgb = await quarters(width, height, colours).raw().toBuffer();
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + rowBytes * height);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = rgb.subarray((y * width + x) * 3, (y * width + x + 1) * 3);
      file.set(pixel.toReversed(), 54 + (height - 1 - y) * rowBytes + x * 3);
    }
  }
  return file;
}

describe('an image that sharp does not read', () => {
  test('is read by FFmpeg: BMP', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writeFile(file('picture.bmp'), await bitmap(201, 100));
    const { path } = await thumbnailer.thumbnail(file('picture.bmp'), box);
    const seen = await look(path);
    expect(seen).toMatchObject({ format: 'webp', width: 100, height: 50 });
    expect(distance(seen.quarters, colours)).toBeLessThan(16);
  });

  test('is read by FFmpeg: JPEG XL', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const form = { codec: 'libjxl', pixels: 'rgb24', width: 200, height: 100 } as const;
    await makeVideo(file('picture.jxl'), [colours], form);
    const { path } = await thumbnailer.thumbnail(file('picture.jxl'), box);
    const seen = await look(path);
    expect(seen).toMatchObject({ format: 'webp', width: 100, height: 50 });
    expect(distance(seen.quarters, colours)).toBeLessThan(24);
  });

  test.each([
    [0, { width: 100, height: 90 }, [red, green, blue, yellow]],
    [1, { width: 90, height: 100 }, [green, yellow, red, blue]],
    [2, { width: 100, height: 90 }, [yellow, blue, green, red]],
    [3, { width: 90, height: 100 }, [blue, red, yellow, green]],
  ] as const)('is put together of its tiles: HEIC, turned by %i quarters', async (turns, size, expected) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const form = { tile: 128, width: 200, height: 180, turns };
    await writeFile(file('phone.heic'), await buildHeic(file('scratch.mp4'), colours, form));
    const { path } = await thumbnailer.thumbnail(file('phone.heic'), box);
    const seen = await look(path);
    expect(seen).toMatchObject({ format: 'webp', ...size });
    expect(distance(seen.quarters, expected)).toBeLessThan(16);
  });

  test('is put together of its tiles where its size is written in 32 bits', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const form = { tile: 128, width: 200, height: 180, wideSizes: true };
    await writeFile(file('phone.heic'), await buildHeic(file('scratch.mp4'), colours, form));
    const seen = await look((await thumbnailer.thumbnail(file('phone.heic'), box)).path);
    expect(seen).toMatchObject({ format: 'webp', width: 100, height: 90 });
    expect(distance(seen.quarters, [red, green, blue, yellow])).toBeLessThan(16);
  });

  test('keeps its transparency: HEIC', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const [black, white] = [
      [0, 0, 0],
      [255, 255, 255],
    ] as const;
    const parts = { colours, opacity: [white, black, white, black] };
    const size = { width: 200, height: 100 };
    await writeFile(file('cutout.heic'), await buildTransparentHeic(file('scratch.mp4'), parts, size));
    const { path } = await thumbnailer.thumbnail(file('cutout.heic'), box);
    const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 100, height: 50, channels: 4 });
    const at = (x: number, y: number) => [...data.subarray((y * 100 + x) * 4, (y * 100 + x) * 4 + 4)];
    const opaque = [at(25, 12), at(25, 37)];
    expect(
      distance(
        opaque.map(([r = 0, g = 0, b = 0]) => [r, g, b] as const),
        [red, blue],
      ),
    ).toBeLessThan(16);
    for (const [, , , opacity] of opaque) expect(opacity).toBeGreaterThan(225);
    for (const [, , , opacity] of [at(75, 12), at(75, 37)]) expect(opacity).toBeLessThan(30);
  });

  test('is unsupported when one of its tiles is missing', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const form = { tile: 128, width: 200, height: 180 };
    const whole = await buildHeic(file('scratch.mp4'), colours, form);
    await writeFile(file('cut.heic'), whole.subarray(0, -10));
    const asked = thumbnailer.thumbnail(file('cut.heic'), box);
    await expect(asked).rejects.toMatchObject({ name: 'ThumbnailError' });
  });

  test('is damaged when its tiles do not cover it', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const form = { tile: 128, width: 5000, height: 5000 };
    await writeFile(file('thin.heic'), await buildHeic(file('scratch.mp4'), colours, form));
    const asked = thumbnailer.thumbnail(file('thin.heic'), box);
    await expect(asked).rejects.toMatchObject({ code: 'truncated' });
  });

  test('is too large when its tiles together are', async () => {
    const { thumbnailer, file } = await thumbnailerFixture({ maxPixels: 200 * 180 - 1 });
    const form = { tile: 128, width: 200, height: 180 };
    await writeFile(file('phone.heic'), await buildHeic(file('scratch.mp4'), colours, form));
    const asked = thumbnailer.thumbnail(file('phone.heic'), box);
    await expect(asked).rejects.toMatchObject({ code: 'too-large' });
  });

  test('and that FFmpeg does not read either is unsupported', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writeFile(file('cut.bmp'), (await bitmap(20, 10)).subarray(0, 40));
    const asked = thumbnailer.thumbnail(file('cut.bmp'), box);
    await expect(asked).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('and is larger than the pixel limit is too large', async () => {
    const { thumbnailer, file } = await thumbnailerFixture({ maxPixels: 100 });
    await writeFile(file('picture.bmp'), await bitmap(20, 10));
    const asked = thumbnailer.thumbnail(file('picture.bmp'), box);
    await expect(asked).rejects.toMatchObject({ code: 'too-large' });
  });

  test('is no way to a video or to another format', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(file('clip.mp4'), [colours]);
    const asked = thumbnailer.thumbnail(file('clip.mp4'), box);
    await expect(asked).rejects.toMatchObject({ code: 'not-an-image' });
  });
});
