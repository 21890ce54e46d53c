import { symlink, utimes } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { blue, distance, look, quarters, red } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const box = { width: 64, height: 64 };

async function writePicture(path: string, colour: readonly number[]): Promise<void> {
  await quarters(200, 200, [colour, colour, colour, colour]).png().toFile(path);
}

describe('the cache', () => {
  test('gives the same entry for the same file and box, and another for another box', async () => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const first = await thumbnailer.thumbnail(file('a.png'), box);
    expect(await thumbnailer.thumbnail(file('a.png'), box)).toEqual(first);
    expect(await cached('entries')).toEqual([`${first.etag}.webp`]);
    const wider = await thumbnailer.thumbnail(file('a.png'), { width: 128, height: 64 });
    expect(wider.etag).not.toBe(first.etag);
    expect(await cached('temp')).toEqual([]);
  });

  test('never serves a changed file stale', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const before = await thumbnailer.thumbnail(file('a.png'), box);
    await writePicture(file('a.png'), blue);
    const after = await thumbnailer.thumbnail(file('a.png'), box);
    expect(after.etag).not.toBe(before.etag);
    const seen = await look(after.path);
    expect(distance(seen.quarters.slice(0, 1), [blue])).toBeLessThan(8);
  });

  test('notices a change of the time alone', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const before = await thumbnailer.thumbnail(file('a.png'), box);
    await utimes(file('a.png'), 1_700_000_000, 1_700_000_000);
    const after = await thumbnailer.thumbnail(file('a.png'), box);
    expect(after.etag).not.toBe(before.etag);
  });

  test('knows a file by its real path, however it is reached', async () => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    await symlink(file('a.png'), file('link.png'));
    const direct = await thumbnailer.thumbnail(file('a.png'), box);
    expect(await thumbnailer.thumbnail(file('link.png'), box)).toEqual(direct);
    expect(await cached('entries')).toHaveLength(1);
  });
});
