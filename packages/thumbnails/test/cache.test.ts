import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, onTestFinished, test, vi } from 'vitest';

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

  test('survives being deleted while it is in use', async () => {
    const { thumbnailer, file, cacheDir, cached } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const first = await thumbnailer.thumbnail(file('a.png'), box);
    await rm(cacheDir, { recursive: true });
    expect(await thumbnailer.thumbnail(file('a.png'), box)).toEqual(first);
    expect(await cached('entries')).toEqual([`${first.etag}.webp`]);
  });

  test('renders anew what a power cut left empty', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const { path, bytes } = await thumbnailer.thumbnail(file('a.png'), box);
    await truncate(path, 0);
    await thumbnailer.thumbnail(file('a.png'), box);
    expect((await stat(path)).size).toBe(bytes);
  });

  test('renders once for 200 requests at once', async () => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const asked = Array.from({ length: 200 }, () => thumbnailer.thumbnail(file('a.png'), box));
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ path }) => path)).size).toBe(1);
    expect(await thumbnailer.stats()).toMatchObject({ rendered: 1, failed: 0, entries: 1 });
    expect(await cached('temp')).toEqual([]);
  });

  test('tries a broken file once for 200 requests, and no more for those that follow', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writeFile(file('a.png'), 'no picture');
    for (const round of [1, 2]) {
      const asked = Array.from({ length: 100 }, () => thumbnailer.thumbnail(file('a.png'), box));
      const outcomes = await Promise.allSettled(asked);
      expect(
        outcomes.every(({ status }) => status === 'rejected'),
        `round ${round}`,
      ).toBe(true);
    }
    expect((await thumbnailer.stats()).failed).toBe(1);
    await writePicture(file('a.png'), red);
    expect((await thumbnailer.thumbnail(file('a.png'), box)).bytes).toBeGreaterThan(0);
  });

  test('tries a broken file again after a minute', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writeFile(file('a.png'), 'no picture');
    const failed = async () => {
      await expect(thumbnailer.thumbnail(file('a.png'), box)).rejects.toMatchObject({ code: 'not-an-image' });
      return (await thumbnailer.stats()).failed;
    };
    expect([await failed(), await failed()]).toEqual([1, 1]);
    minutePasses();
    expect([await failed(), await failed()]).toEqual([2, 2]);
  });

  test('stays below its limit and keeps what is used', async () => {
    const { thumbnailer, open, file } = await thumbnailerFixture();
    await writePicture(file('used.png'), red);
    const used = await thumbnailer.thumbnail(file('used.png'), box);
    const small = open({ maxCacheBytes: used.bytes * 5 });
    for (let index = 0; index < 12; index++) {
      await writePicture(file(`${index}.png`), [index, 100, 100]);
      const { path } = await small.thumbnail(file(`${index}.png`), box);
      // Older than the picture that is looked at again and again.
      await utimes(path, new Date(Date.now() - 1e6 + index), new Date());
      await utimes(used.path, new Date(Date.now() - 3e5), new Date());
      await small.thumbnail(file('used.png'), box);
    }
    await small.close();
    const { bytes, entries } = await thumbnailer.stats();
    expect(bytes).toBeLessThanOrEqual(used.bytes * 6);
    expect(entries).toBeGreaterThanOrEqual(3);
    expect((await stat(used.path)).size).toBe(used.bytes);
    expect(Date.now() - (await stat(used.path)).atimeMs).toBeLessThan(60_000);
  });

  test('is shared by processes that render the same files at the same moment', async () => {
    const { thumbnailer, file, cacheDir, cached } = await thumbnailerFixture();
    const names = Array.from({ length: 20 }, (_, index) => `${index}.png`);
    for (const [index, name] of names.entries()) await writePicture(file(name), [index * 10, 90, 200]);
    const job = { cacheDir, files: names.map((name) => file(name)), box };
    const children = [1, 2, 3].map(() => fork(new URL('helpers/render-all.js', import.meta.url)));
    for (const child of children) child.send(job);
    const answers = await Promise.all(children.map((child) => once(child, 'message')));
    const etags = answers.map(([etags]) => etags as string[]);
    expect(etags[1]).toEqual(etags[0]);
    expect(etags[2]).toEqual(etags[0]);
    expect((await cached('entries')).sort()).toEqual(etags[0]?.map((etag) => `${etag}.webp`).sort());
    expect(await cached('temp')).toEqual([]);
    for (const [index, name] of names.entries()) {
      const { path } = await thumbnailer.thumbnail(file(name), box);
      expect(distance((await look(path)).quarters.slice(0, 1), [[index * 10, 90, 200]])).toBeLessThan(8);
    }
    expect((await thumbnailer.stats()).rendered).toBe(0);
  });

  test('that cannot be written is told as such', async () => {
    const { thumbnailer, file, cacheDir } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    await mkdir(dirname(cacheDir), { recursive: true });
    await writeFile(cacheDir, 'a file where the folder should be');
    const asked = thumbnailer.thumbnail(file('a.png'), box);
    await expect(asked).rejects.toMatchObject({ code: 'cache-unwritable' });
  });

  test('that cannot be written costs no picture, is told once, and is tried again', async () => {
    const told: string[] = [];
    const { thumbnailer, file, cacheDir, cached } = await thumbnailerFixture({
      onCacheUnwritable: ({ code }) => told.push(code),
    });
    for (const name of ['a.png', 'b.png', 'c.png', 'd.png']) await writePicture(file(name), red);
    await mkdir(dirname(cacheDir), { recursive: true });
    await writeFile(cacheDir, 'a file where the folder should be');
    for (const name of ['a.png', 'b.png']) {
      const { data } = await thumbnailer.thumbnailBytes(file(name), box);
      expect(data.toString('latin1', 8, 12)).toBe('WEBP');
    }
    expect(told).toEqual(['cache-unwritable']);
    await rm(cacheDir);
    await thumbnailer.thumbnailBytes(file('c.png'), box);
    expect(await cached('entries')).toHaveLength(1);
    await rm(cacheDir, { recursive: true });
    await writeFile(cacheDir, '');
    await thumbnailer.thumbnailBytes(file('d.png'), box);
    expect(told).toEqual(['cache-unwritable', 'cache-unwritable']);
  });

  test('whose file cannot be read costs no picture', async () => {
    const { thumbnailer, file, open } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const { path } = await thumbnailer.thumbnail(file('a.png'), box);
    await rm(path);
    await mkdir(path);
    await writeFile(join(path, 'x'), '');
    const { data } = await open().thumbnailBytes(file('a.png'), box);
    expect(data.toString('latin1', 8, 12)).toBe('WEBP');
  });

  test('is empty after clear()', async () => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const { bytes } = await thumbnailer.thumbnail(file('a.png'), box);
    expect(await thumbnailer.stats()).toMatchObject({ entries: 1, bytes });
    await thumbnailer.clear();
    expect(await thumbnailer.stats()).toMatchObject({ entries: 0, bytes: 0 });
    expect(await cached('entries')).toEqual([]);
  });

  test('tries again after clear() what could not be rendered', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writeFile(file('a.png'), 'no picture');
    const failedAfter = async () => {
      await expect(thumbnailer.thumbnail(file('a.png'), box)).rejects.toMatchObject({ code: 'not-an-image' });
      return (await thumbnailer.stats()).failed;
    };
    expect([await failedAfter(), await failedAfter()]).toEqual([1, 1]);
    await thumbnailer.clear();
    expect(await failedAfter()).toBe(2);
  });
});

describe('thumbnailBytes', () => {
  test('gives the file that thumbnail() names', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const { path, etag } = await thumbnailer.thumbnail(file('a.png'), box);
    const both = await thumbnailer.thumbnailBytes(file('a.png'), box);
    expect(both.etag).toBe(etag);
    expect(both.data.equals(await readFile(path))).toBe(true);
  });

  test('notices a change although it remembers the bytes', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const before = await thumbnailer.thumbnailBytes(file('a.png'), box);
    expect((await thumbnailer.thumbnailBytes(file('a.png'), box)).data).toBe(before.data);
    await writePicture(file('a.png'), blue);
    const after = await thumbnailer.thumbnailBytes(file('a.png'), box);
    expect(after.data.equals(before.data)).toBe(false);
  });

  test('remembers the bytes that fit, and forgets what was used longest ago', async () => {
    const { open, file } = await thumbnailerFixture();
    const names = ['a.png', 'b.png', 'c.png'].map((name) => file(name));
    for (const name of names) await writePicture(name, red);
    const [a = '', b = '', c = ''] = names;
    const { data } = await open({}).thumbnailBytes(a, box);
    const thumbnailer = open({ maxMemoryBytes: 2 * data.byteLength });
    const bytesOf = async (path: string) => (await thumbnailer.thumbnailBytes(path, box)).data;
    const [firstA, firstB] = [await bytesOf(a), await bytesOf(b)];
    expect(await bytesOf(a)).toBe(firstA);
    await bytesOf(c);
    expect(await bytesOf(a)).toBe(firstA);
    expect(await bytesOf(b)).not.toBe(firstB);
  });

  test('remembers nothing that is larger than its memory', async () => {
    const { open, file } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const thumbnailer = open({ maxMemoryBytes: 10 });
    const first = await thumbnailer.thumbnailBytes(file('a.png'), box);
    const second = await thumbnailer.thumbnailBytes(file('a.png'), box);
    expect(second.data).toEqual(first.data);
    expect(second.data).not.toBe(first.data);
  });

  test('notes each minute that a file whose bytes it remembers is in use', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await writePicture(file('a.png'), red);
    const { path } = await thumbnailer.thumbnail(file('a.png'), box);
    await thumbnailer.thumbnailBytes(file('a.png'), box);
    const longAgo = new Date(Date.now() - 3e5);
    await utimes(path, longAgo, new Date());
    await thumbnailer.thumbnailBytes(file('a.png'), box);
    expect((await stat(path)).atimeMs).toBeCloseTo(longAgo.getTime(), 0);
    minutePasses();
    // The cache in memory looks at the clock once a millisecond.
    await new Promise((resolve) => setTimeout(resolve, 10));
    await thumbnailer.thumbnailBytes(file('a.png'), box);
    expect(Date.now() - (await stat(path)).atimeMs).toBeLessThan(60_000);
  });
});

/** Moves the clock by which entries in memory grow old. */
function minutePasses(): void {
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + 60_001);
  onTestFinished(() => clock.mockRestore());
}
