import { createHash } from 'node:crypto';
import {
  copyFile,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

import { makeVideo } from './helpers/make-video.ts';
import { needsNodeAv } from './helpers/needs-video.ts';
import { blue, distance, look, quarters, red } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const box = { width: 64, height: 64 };
const dayMs = 24 * 3_600_000;

async function writePicture(path: string, colour: readonly number[]): Promise<void> {
  await quarters(200, 200, [colour, colour, colour, colour]).png().toFile(path);
}

/** A picture without compression: others of its size differ in bytes in the middle alone. */
async function writeUncompressed(path: string, mark: number, side: number): Promise<void> {
  const row = side * 3;
  const pixels = Buffer.alloc(row * side, 200).fill(mark, row * side * 0.375, row * side * 0.625);
  const raw = { width: side, height: side, channels: 3 as const };
  await sharp(pixels, { raw }).tiff({ compression: 'none' }).toFile(path);
  await utimes(path, 1_700_000_000, 1_700_000_000);
}

async function* listed(...paths: string[]): AsyncGenerator<string> {
  yield* paths;
}

/** As if nobody had asked for what is cached for so many days. */
async function ageBy(days: number, cacheDir: string, names: readonly string[]): Promise<void> {
  const used = new Date(Date.now() - days * dayMs);
  for (const name of names) {
    const path = join(cacheDir, 'entries', name.slice(0, 2), name);
    await utimes(path, used, (await stat(path)).mtime);
  }
}

describe('what was drawn of a file', () => {
  test('is not drawn again when its folder is renamed, it is copied or gets another date', async () => {
    const { thumbnailer, open, file, cached } = await thumbnailerFixture();
    await mkdir(file('old'));
    const names = ['a.png', 'b.png', 'c.png'];
    for (const [index, name] of names.entries()) await writePicture(file(`old/${name}`), [index * 90, 9, 9]);
    for (const name of names) await thumbnailer.thumbnail(file(`old/${name}`), box);
    await rename(file('old'), file('new'));
    const later = open();
    for (const [index, name] of names.entries()) {
      const { path } = await later.thumbnail(file(`new/${name}`), box);
      expect(distance((await look(path)).quarters.slice(0, 1), [[index * 90, 9, 9]])).toBeLessThan(8);
    }
    await copyFile(file('new/a.png'), file('copy.png'));
    await utimes(file('new/b.png'), 1_700_000_000, 1_700_000_000);
    await later.thumbnail(file('copy.png'), box);
    await later.thumbnail(file('new/b.png'), box);
    expect(await later.stats()).toMatchObject({ rendered: 0, hits: 5, entries: 3 });
    expect(await cached('contents')).toHaveLength(3);
  });

  test('of a video is not drawn again when it is renamed', async (context) => {
    needsNodeAv(context);
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(file('a.mp4'), [[red, red, blue, blue]]);
    await thumbnailer.videoCover(file('a.mp4'), box);
    await rename(file('a.mp4'), file('b.mp4'));
    await thumbnailer.videoCover(file('b.mp4'), box);
    expect(await thumbnailer.stats()).toMatchObject({ rendered: 1, hits: 1 });
  });

  test.each([64, 640])(
    'of %s pixels is never shown for another that differs in the middle alone',
    async (side) => {
      const { thumbnailer, file } = await thumbnailerFixture();
      const sizes = new Set<number>();
      for (const mark of [0, 90, 250]) {
        await writeUncompressed(file(`${mark}.tif`), mark, side);
        sizes.add((await stat(file(`${mark}.tif`))).size);
        const { path } = await thumbnailer.thumbnail(file(`${mark}.tif`), box);
        const pixels = await sharp(path).raw().toBuffer();
        expect(Math.abs((pixels[(32 * 64 + 32) * 3] ?? -1) - mark)).toBeLessThan(12);
      }
      expect(sizes.size).toBe(1);
      expect(await thumbnailer.stats()).toMatchObject({ rendered: 3, hits: 0 });
    },
  );

  test('goes when the file changes, and is found again when the old content comes back', async () => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    await thumbnailer.thumbnail(file('a.png'), box);
    await thumbnailer.thumbnail(file('a.png'), { width: 32, height: 32 });
    await copyFile(file('a.png'), file('kept'));
    await writePicture(file('a.png'), blue);
    const changed = await thumbnailer.thumbnail(file('a.png'), box);
    expect(distance((await look(changed.path)).quarters.slice(0, 1), [blue])).toBeLessThan(8);
    expect(await cached('entries')).toEqual([`${changed.etag}.webp`]);
    await copyFile(file('kept'), file('a.png'));
    const back = await thumbnailer.thumbnail(file('a.png'), box);
    expect(distance((await look(back.path)).quarters.slice(0, 1), [red])).toBeLessThan(8);
    expect((await thumbnailer.stats()).rendered).toBe(3);
  });

  test('is found under the name that an earlier version gave it', async () => {
    const { thumbnailer, open, file, cacheDir, cached } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const { path, etag } = await thumbnailer.thumbnail(file('a.png'), box);
    await rm(join(cacheDir, 'contents'), { recursive: true });
    const { mtimeMs, size } = await stat(file('a.png'));
    const parts = [1, 'image', 64, 64, mtimeMs, size, await realpath(file('a.png'))];
    const earlier = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
    await mkdir(join(cacheDir, 'entries', earlier.slice(0, 2)), { recursive: true });
    await rename(path, join(cacheDir, 'entries', earlier.slice(0, 2), `${earlier}.webp`));
    const later = open();
    await later.thumbnail(file('a.png'), box);
    expect(await later.stats()).toMatchObject({ rendered: 0, hits: 1 });
    expect(await cached('entries')).toEqual([`${etag}.webp`]);
  });
});

describe('removeUnused', () => {
  test('removes what is left of files that are not listed, once a week has passed', async () => {
    const { thumbnailer, file, cacheDir, cached } = await thumbnailerFixture();
    const etags: string[] = [];
    for (const [index, name] of ['here.png', 'gone.png', 'lately.png'].entries()) {
      await writePicture(file(name), [index * 90, 9, 9]);
      etags.push((await thumbnailer.thumbnail(file(name), box)).etag);
    }
    const [here, gone, lately] = etags.map((etag) => `${etag}.webp`) as [string, string, string];
    const { bytes } = await thumbnailer.usage();
    await rm(file('gone.png'));
    await ageBy(8, cacheDir, [here, gone]);
    await ageBy(6, cacheDir, [lately]);
    expect(await thumbnailer.removeUnused(listed(file('here.png')))).toBe(2);
    expect((await cached('entries')).sort()).toEqual([here, lately].sort());
    expect(await cached('contents')).toHaveLength(2);
    expect((await thumbnailer.usage()).bytes).toBeLessThan(bytes);
    expect(await thumbnailer.removeUnused(listed())).toBe(2);
    expect(await cached('entries')).toEqual([lately]);
  });

  test('reads no paths where everything was used lately, and ends by its signal', async () => {
    const { thumbnailer, file, cacheDir, cached } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const { etag } = await thumbnailer.thumbnail(file('a.png'), box);
    let isRead = false;
    async function* read(): AsyncGenerator<string> {
      isRead = true;
      yield 'none';
    }
    await thumbnailer.removeUnused(read());
    expect(isRead).toBe(false);
    await ageBy(8, cacheDir, [`${etag}.webp`]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(thumbnailer.removeUnused(read(), { signal })).rejects.toThrow('enough');
    expect(isRead).toBe(true);
    expect(await cached('entries')).toHaveLength(1);
  });

  test('knows a file in a folder that is a link', async () => {
    const { thumbnailer, file, cacheDir } = await thumbnailerFixture();
    await mkdir(file('real'));
    await symlink(file('real'), file('link'));
    await writePicture(file('real/a.png'), red);
    const { etag } = await thumbnailer.thumbnail(file('link/a.png'), box);
    await ageBy(8, cacheDir, [`${etag}.webp`]);
    expect(await thumbnailer.removeUnused(listed(file('link/a.png')))).toBe(0);
  });

  test('removes what an earlier version named and nobody asks for', async () => {
    const { thumbnailer, cacheDir, cached } = await thumbnailerFixture();
    const name = `${'ab'.repeat(16)}.webp`;
    await mkdir(join(cacheDir, 'entries', 'ab'), { recursive: true });
    await writeFile(join(cacheDir, 'entries', 'ab', name), 'x');
    await ageBy(8, cacheDir, [name]);
    expect(await thumbnailer.removeUnused(listed('/pictures/a.png'))).toBe(1);
    expect(await cached('entries')).toEqual([]);
  });
});

describe('hashing', () => {
  test('keeps hashes and no pictures, also for the next start', async () => {
    const { thumbnailer, open, file, cached } = await thumbnailerFixture();
    for (const [index, name] of ['a.png', 'b.png'].entries())
      await writePicture(file(name), [index * 90, 9, 9]);
    const options = { width: 256, height: 256, hashes: true, pictures: false };
    const hashes: (string | undefined)[] = [];
    const first = await thumbnailer.pregenerate([file('a.png'), file('b.png')], {
      ...options,
      onProgress: (progress) => hashes.push('hash' in progress ? progress.hash : undefined),
    });
    expect(first).toEqual({ done: 2, rendered: 2, cached: 0, failed: 0 });
    expect(hashes).toEqual([await thumbnailer.perceptualHash(file('a.png')), hashes[1]]);
    expect(await cached('entries')).toEqual([]);
    const later = open();
    const again = await later.pregenerate([file('a.png'), file('b.png')], options);
    expect(again).toEqual({ done: 2, rendered: 0, cached: 2, failed: 0 });
    expect((await later.stats()).rendered).toBe(0);
  });

  test('hashes a library in a full cache without removing what people look at', async () => {
    const { open, file, cached } = await thumbnailerFixture();
    const looked = ['a.png', 'b.png', 'c.png'];
    const hashed = Array.from({ length: 12 }, (_, index) => `hashed-${index}.png`);
    for (const [index, name] of [...looked, ...hashed].entries())
      await writePicture(file(name), [index * 15, 9, 200]);
    const first = open();
    for (const name of looked) await first.thumbnail(file(name), box);
    const { bytes } = await first.usage();
    await first.close();
    const full = open({ maxCacheBytes: bytes });
    const options = { width: 256, height: 256, hashes: true, pictures: false };
    expect(await full.pregenerate(hashed.map(file), options)).toMatchObject({ rendered: 12, failed: 0 });
    for (const name of looked) await full.thumbnail(file(name), box);
    expect(await full.stats()).toMatchObject({ rendered: 12, hits: 3, entries: 3 });
    expect(await cached('contents')).toHaveLength(3);
  });

  test('hashes what changed again', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const ramp = Buffer.from(Array.from({ length: 64 * 64 }, (_, index) => (index % 64) * 4));
    const raw = { raw: { width: 64, height: 64, channels: 1 as const } };
    await sharp(ramp, raw).png().toFile(file('a.png'));
    expect(await thumbnailer.perceptualHash(file('a.png'))).toBe('ffffffffffffffff');
    await sharp(ramp, raw).flop().png().toFile(file('a.png'));
    expect(await thumbnailer.perceptualHash(file('a.png'))).toBe('0000000000000000');
  });

  test('goes on where a file of hashes is cut off', async () => {
    const { thumbnailer, open, file, cacheDir, cached } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const hash = await thumbnailer.perceptualHash(file('a.png'));
    const [name = ''] = await cached('hashes');
    const whole = await readFile(join(cacheDir, 'hashes', name));
    await writeFile(join(cacheDir, 'hashes', name), whole.subarray(0, 20));
    expect(await open().perceptualHash(file('a.png'))).toBe(hash);
    expect(await readFile(join(cacheDir, 'hashes', name))).toEqual(whole);
  });
});
