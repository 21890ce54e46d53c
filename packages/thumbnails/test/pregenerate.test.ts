import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';

import { isThumbnailError, type PregenerateProgress, type ThumbnailerOptions } from '@iib-kit/thumbnails';
import { describe, expect, test } from 'vitest';

import { blue, green, quarters, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';
import { filmOfProgram, writeFakeFfmpeg } from './helpers/write-fake-ffmpeg.ts';

const box = { width: 64, height: 64 };
const colours = [red, green, blue, yellow];

/** A folder with four images, one of them broken, a video and a text, two levels deep. */
async function library() {
  const fixture = await thumbnailerFixture();
  const { file } = fixture;
  await mkdir(file('library/deep/deeper'), { recursive: true });
  await quarters(90, 90, colours).png().toFile(file('library/a.png'));
  await quarters(91, 90, colours).jpeg().toFile(file('library/deep/b.JPG'));
  await quarters(92, 90, colours).webp().toFile(file('library/deep/deeper/c.webp'));
  await writeFile(file('library/deep/broken.png'), 'no picture');
  await writeFile(file('library/notes.txt'), 'no picture either');
  await writeFile(file('library/deep/clip.mp4'), filmOfProgram);
  await writeFakeFfmpeg(file('ffmpeg'));
  await symlink(file('library'), file('library/deep/loop'));
  const open = (options: Partial<ThumbnailerOptions> = {}) =>
    fixture.open({ ffmpegPath: file('ffmpeg'), ...options });
  return { ...fixture, open, thumbnailer: open(), root: file('library') };
}

describe('pregenerate', () => {
  test('renders every image and video of a tree, and goes on past a broken file', async () => {
    const { thumbnailer, root, file } = await library();
    const seen: PregenerateProgress[] = [];
    const summary = await thumbnailer.pregenerate([root], { ...box, onProgress: (p) => seen.push(p) });
    expect(summary).toEqual({ done: 5, rendered: 4, cached: 0, failed: 1 });
    expect(seen.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5]);
    expect(seen.at(-1)?.total).toBe(5);
    const outcomes = new Map(seen.map(({ path, outcome }) => [path, outcome]));
    expect(outcomes).toEqual(
      new Map([
        [file('library/a.png'), 'rendered'],
        [file('library/deep/b.JPG'), 'rendered'],
        [file('library/deep/deeper/c.webp'), 'rendered'],
        [file('library/deep/clip.mp4'), 'rendered'],
        [file('library/deep/broken.png'), 'failed'],
      ]),
    );
    const failed = seen.find((progress) => progress.outcome === 'failed');
    expect(failed).toMatchObject({ error: { code: 'not-an-image' } });
  });

  test('leaves out what is excluded, and all that is in it', async () => {
    const { thumbnailer, root, file } = await library();
    const excludes = (path: string) => path === file('library/deep/deeper') || path.endsWith('.mp4');
    const summary = await thumbnailer.pregenerate([root], { ...box, excludes });
    expect(summary).toEqual({ done: 3, rendered: 2, cached: 0, failed: 1 });
  });

  test('makes what is asked for later', async () => {
    const { thumbnailer, root, file } = await library();
    await thumbnailer.pregenerate([root], box);
    await thumbnailer.thumbnail(file('library/a.png'), box);
    await thumbnailer.videoCover(file('library/deep/clip.mp4'), box);
    expect(await thumbnailer.stats()).toMatchObject({ rendered: 4, hits: 2 });
  });

  test('passes over in a second run what the first has made', async () => {
    const { thumbnailer, open, root, file } = await library();
    await thumbnailer.pregenerate([root], box);
    await quarters(50, 50, colours).png().toFile(file('library/new.png'));
    const summary = await open().pregenerate([root], box);
    expect(summary).toEqual({ done: 6, rendered: 1, cached: 4, failed: 1 });
  });

  test('goes on where an aborted run has stopped', async () => {
    const { thumbnailer, open, root, cached } = await library();
    const stopping = new AbortController();
    const aborted = thumbnailer.pregenerate([root], {
      ...box,
      signal: stopping.signal,
      onProgress: ({ rendered }) => {
        if (rendered === 2) stopping.abort(new Error('enough'));
      },
    });
    await expect(aborted).rejects.toThrow('enough');
    await thumbnailer.close();
    const made = (await cached('entries')).length;
    expect(made).toBeGreaterThanOrEqual(2);
    const { rendered, cached: found, failed } = await open().pregenerate([root], box);
    expect({ rendered, found, failed }).toEqual({ rendered: 4 - made, found: made, failed: 1 });
  });

  test('does images or videos alone', async () => {
    const { thumbnailer, root } = await library();
    expect(await thumbnailer.pregenerate([root], { ...box, images: false })).toMatchObject({
      done: 1,
      rendered: 1,
    });
    expect(await thumbnailer.pregenerate([root], { ...box, videos: false })).toMatchObject({
      done: 4,
      rendered: 3,
    });
  });

  test('takes files as well as folders, and says which are not there', async () => {
    const { thumbnailer, file } = await library();
    const seen: PregenerateProgress[] = [];
    const paths = [file('library/a.png'), file('nothing.png')];
    const summary = await thumbnailer.pregenerate(paths, { ...box, onProgress: (p) => seen.push(p) });
    expect(summary).toEqual({ done: 2, rendered: 1, cached: 0, failed: 1 });
    expect(seen.find(({ path }) => path === file('nothing.png'))).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  test('tells the hashes that perceptualHash gives', async () => {
    const { thumbnailer, root } = await library();
    const hashes = new Map<string, string | undefined>();
    await thumbnailer.pregenerate([root], {
      ...box,
      hashes: true,
      onProgress: (progress) => {
        if (progress.outcome !== 'failed') hashes.set(progress.path, progress.hash);
      },
    });
    expect(hashes.size).toBe(4);
    for (const [path, hash] of hashes) expect(await thumbnailer.perceptualHash(path)).toBe(hash);
  });

  test('lets what somebody looks at go first', async () => {
    const { open, file, dir } = await thumbnailerFixture();
    const thumbnailer = open({ concurrency: 1 });
    for (let index = 0; index < 12; index++) {
      await quarters(200, 200, [[index, 0, 0], red, green, blue])
        .png()
        .toFile(file(`${index}.png`));
    }
    let done = 0;
    const names = (await readdir(dir)).filter((name) => name.endsWith('.png')).sort();
    const last = file(names.at(-1) ?? '');
    const run = thumbnailer.pregenerate(
      names.slice(0, -1).map((name) => file(name)),
      { ...box, onProgress: () => (done += 1) },
    );
    await thumbnailer.thumbnail(last, box);
    const before = done;
    await run;
    expect(before).toBeLessThan(3);
    expect(done).toBe(11);
  });

  test('refuses a wrong box or time limit', async () => {
    const { thumbnailer, root } = await library();
    const wrongBox = thumbnailer.pregenerate([root], { width: 0, height: 9 });
    await expect(wrongBox).rejects.toThrow(/^width/u);
    const wrongTime = thumbnailer.pregenerate([root], { ...box, timeoutMs: Number.NaN });
    await expect(wrongTime).rejects.toThrow(/^timeoutMs/u);
  });

  test('ends when the thumbnailer is closed', async () => {
    const { thumbnailer, root } = await library();
    const run = thumbnailer.pregenerate([root], box).catch((error: unknown) => error);
    await thumbnailer.close();
    const error = await run;
    expect(isThumbnailError(error) && error.code).toBe('closed');
  });
});
