import { readFile, writeFile } from 'node:fs/promises';

import { isThumbnailError } from '@iib-kit/thumbnails';
import { describe, expect, test } from 'vitest';

import { buildHeic } from './helpers/build-heic.ts';
import { makeVideo } from './helpers/make-video.ts';
import { needsNodeAv } from './helpers/needs-video.ts';
import { blue, green, quarters, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const colours = [red, green, blue, yellow];
const box = { width: 32, height: 32 };
const damagedCopies = 12;

/** The same numbers each time, so that a failure can be looked into. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % limit;
  };
}

/** Overwrites some runs of bytes, cuts the end off or puts a part twice. */
function damage(bytes: Buffer, seed: number): Buffer {
  const next = numbers(seed);
  const copy = Buffer.from(bytes);
  for (let run = 0; run <= next(6); run++) {
    const start = next(copy.length);
    for (let at = start; at < Math.min(copy.length, start + 1 + next(40)); at++) copy[at] = next(256);
  }
  if (next(3) === 0) return copy.subarray(0, next(copy.length));
  if (next(3) === 0) return Buffer.concat([copy.subarray(0, next(copy.length)), copy]);
  return copy;
}

describe('damaged files end in a picture or in a ThumbnailError', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)('%s', async (format) => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    const whole = await quarters(120, 80, colours).toFormat(format).toBuffer();
    for (let seed = 1; seed <= damagedCopies; seed++) {
      await writeFile(file(`${seed}`), damage(whole, seed));
      const outcome: unknown = await thumbnailer.thumbnail(file(`${seed}`), box).catch((e: unknown) => e);
      expect(outcome).toSatisfy((it) => isThumbnailError(it) || Object.hasOwn(it as object, 'etag'));
    }
    expect(await cached('temp')).toEqual([]);
  });

  test('heic', async (context) => {
    needsNodeAv(context);
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    const form = { tile: 64, width: 100, height: 90 };
    const whole = await buildHeic(file('scratch.mp4'), colours, form);
    for (let seed = 1; seed <= damagedCopies * 3; seed++) {
      await writeFile(file(`${seed}`), damage(whole, seed));
      const outcome: unknown = await thumbnailer.thumbnail(file(`${seed}`), box).catch((e: unknown) => e);
      expect(outcome).toSatisfy((it) => isThumbnailError(it) || Object.hasOwn(it as object, 'etag'));
    }
    expect(await cached('temp')).toEqual([]);
  });

  test.for([
    ['clip.mp4', 'libx264'],
    ['clip.mkv', 'mpeg4'],
    ['clip.webm', 'libvpx-vp9'],
    ['clip.avi', 'mpeg4'],
    ['clip.ts', 'mpeg2video'],
    ['clip.wmv', 'wmv2'],
  ] as const)('%s', async ([name, codec], context) => {
    needsNodeAv(context);
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    await makeVideo(
      file(name),
      Array.from({ length: 8 }, () => colours),
      { codec },
    );
    const whole = await readFile(file(name));
    for (let seed = 1; seed <= damagedCopies; seed++) {
      await writeFile(file(`${seed}`), damage(whole, seed));
      const outcome: unknown = await thumbnailer.videoCover(file(`${seed}`), box).catch((e: unknown) => e);
      expect(outcome).toSatisfy((it) => isThumbnailError(it) || Object.hasOwn(it as object, 'etag'));
    }
    expect(await cached('temp')).toEqual([]);
  });
});
