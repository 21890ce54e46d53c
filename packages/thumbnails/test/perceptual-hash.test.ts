import { hashDistance } from '@iib-kit/thumbnails';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';

import { makeVideo } from './helpers/make-video.ts';
import { needsNodeAv } from './helpers/needs-video.ts';
import { blue, green, quarters, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

/** A picture with large shapes, another one for each seed. */
function scene(seed: number, width: number, height: number): Sharp {
  let state = seed;
  const next = (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state / 2_147_483_648) * limit;
  };
  const shapes = Array.from({ length: 14 }, () => {
    const grey = Math.floor(next(256));
    return `<ellipse cx="${next(100)}" cy="${next(100)}" rx="${5 + next(30)}" ry="${5 + next(30)}" fill="rgb(${grey},${Math.floor(next(256))},${grey})"/>`;
  });
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${width}" height="${height}"><rect width="100" height="100" fill="#777"/>${shapes.join('')}</svg>`;
  return sharp(Buffer.from(text));
}

describe('perceptualHash', () => {
  test('is the hash of the stored bits: brighter to the right', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const rising = Buffer.from(Array.from({ length: 256 * 256 }, (_, index) => index % 256));
    const ramp = (): Sharp => sharp(rising, { raw: { width: 256, height: 256, channels: 1 } });
    await ramp().png().toFile(file('rising.png'));
    await ramp().flop().png().toFile(file('falling.png'));
    expect(await thumbnailer.perceptualHash(file('rising.png'))).toBe('ffffffffffffffff');
    expect(await thumbnailer.perceptualHash(file('falling.png'))).toBe('0000000000000000');
  });

  test('is close for another size, format and quality, and far for another picture', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await scene(1, 900, 900).png().toFile(file('original.png'));
    await scene(1, 500, 500).jpeg({ quality: 40 }).toFile(file('small.jpg'));
    await scene(1, 900, 900).modulate({ brightness: 1.15 }).webp().toFile(file('brighter.webp'));
    const original = await thumbnailer.perceptualHash(file('original.png'));
    for (const name of ['small.jpg', 'brighter.webp']) {
      const near = await thumbnailer.perceptualHash(file(name));
      expect(hashDistance(original, near)).toBeLessThanOrEqual(6);
    }
    for (const seed of [2, 3, 4, 5, 6]) {
      await scene(seed, 900, 900)
        .png()
        .toFile(file(`${seed}.png`));
      const far = await thumbnailer.perceptualHash(file(`${seed}.png`));
      expect(hashDistance(original, far)).toBeGreaterThan(12);
    }
  });

  test('of a turned photograph is that of the upright one', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await scene(7, 400, 300).jpeg({ quality: 95 }).toFile(file('upright.jpg'));
    const sideways = await scene(7, 400, 300).rotate(-90).toBuffer();
    await sharp(sideways).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toFile(file('sideways.jpg'));
    const [a, b] = [file('upright.jpg'), file('sideways.jpg')];
    const distance = hashDistance(await thumbnailer.perceptualHash(a), await thumbnailer.perceptualHash(b));
    expect(distance).toBeLessThanOrEqual(2);
  });

  test('of a video is that of its cover', async (context) => {
    needsNodeAv(context);
    const { thumbnailer, file } = await thumbnailerFixture();
    const colours = [red, green, blue, yellow];
    await makeVideo(file('clip.mp4'), [colours]);
    await quarters(160, 90, colours).png().toFile(file('frame.png'));
    const [video, frame] = [file('clip.mp4'), file('frame.png')];
    const distance = hashDistance(
      await thumbnailer.perceptualHash(video),
      await thumbnailer.perceptualHash(frame),
    );
    expect(distance).toBeLessThanOrEqual(12);
  });

  test('is computed once for a file', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await scene(8, 300, 300).png().toFile(file('a.png'));
    const asked = Array.from({ length: 50 }, () => thumbnailer.perceptualHash(file('a.png')));
    expect(new Set(await Promise.all(asked)).size).toBe(1);
    expect(await thumbnailer.stats()).toMatchObject({ rendered: 1 });
  });

  test('of no image fails as its thumbnail does', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await expect(thumbnailer.perceptualHash(file('none.png'))).rejects.toMatchObject({ code: 'not-found' });
  });
});
