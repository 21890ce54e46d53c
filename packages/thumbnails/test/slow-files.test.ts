import { chmod, readFile, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import type { ThumbnailerOptions } from '@iib-kit/thumbnails';
import { describe, expect, test } from 'vitest';

import { blue, quarters, red } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';
import { filmOfProgram, writeFakeFfmpeg } from './helpers/write-fake-ffmpeg.ts';

const box = { width: 64, height: 64 };
const entry = import.meta.resolve('@iib-kit/thumbnails');

/** A film on a drive that gives nothing until it is awake. */
async function sleepingFilm(options: Partial<ThumbnailerOptions>) {
  const fixture = await thumbnailerFixture();
  const { file } = fixture;
  await writeFakeFfmpeg(file('decoder.cjs'));
  const gate = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync(${JSON.stringify(file('runs'))}, process.pid + '\\n');
const timer = setInterval(() => {
  if (!fs.existsSync(${JSON.stringify(file('awake'))})) return;
  clearInterval(timer);
  require('./decoder.cjs');
}, 5);
`;
  await writeFile(file('ffmpeg.cjs'), gate);
  await chmod(file('ffmpeg.cjs'), 0o755);
  await writeFile(file('film.mkv'), filmOfProgram);
  const settings = { ffmpegPath: file('ffmpeg.cjs'), ...options };
  return {
    ...fixture,
    settings,
    thumbnailer: fixture.open(settings),
    film: file('film.mkv'),
    wakeUp: () => writeFile(file('awake'), ''),
    /** The processes of the decoder so far. */
    runs: async () => (await readFile(file('runs'), 'utf8')).trim().split('\n').map(Number),
  };
}

/** What is asked for, once it is not answered with `timeout` any more. */
async function eventually<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if ((error as { code?: string }).code !== 'timeout') throw error;
      await sleep(10);
    }
  }
}

/** Waits for the end of processes. */
async function ended(pids: readonly number[]): Promise<void> {
  const isThere = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  expect(pids.length).toBeGreaterThan(0);
  while (pids.some(isThere)) await sleep(10);
}

describe('a file on a slow drive', () => {
  test('fails in time, lets others be drawn, is finished in the background and then served', async () => {
    const { thumbnailer, film, file, wakeUp, runs } = await sleepingFilm({ timeoutMs: 300, concurrency: 1 });
    await expect(thumbnailer.videoCover(film, box)).rejects.toMatchObject({
      code: 'timeout',
      path: film,
      message: `${film} was not drawn within 300 ms; it is finished in the background`,
    });
    await quarters(50, 50, [red, red, blue, blue]).png().toFile(file('a.png'));
    expect(await eventually(() => thumbnailer.thumbnail(file('a.png'), box))).toMatchObject({
      bytes: expect.any(Number),
    });
    await expect(thumbnailer.videoCover(film, box)).rejects.toMatchObject({ code: 'timeout' });
    expect(await runs()).toHaveLength(1);
    await wakeUp();
    const cover = await eventually(() => thumbnailer.videoCover(film, box));
    expect(cover.bytes).toBeGreaterThan(0);
    expect(await thumbnailer.stats()).toMatchObject({ rendered: 2, failed: 0 });
  });

  test('is tried again after the render was ended, for that is no fault of the file', async () => {
    const { thumbnailer, film, wakeUp, runs } = await sleepingFilm({ timeoutMs: 100, maxRenderMs: 500 });
    await expect(thumbnailer.videoCover(film, box)).rejects.toMatchObject({ code: 'timeout' });
    while ((await thumbnailer.stats()).failed === 0) await sleep(10);
    await expect(thumbnailer.videoCover(film, box)).rejects.toMatchObject({ code: 'timeout' });
    await wakeUp();
    expect(await eventually(() => thumbnailer.videoCover(film, box))).toMatchObject({
      etag: expect.any(String),
    });
    expect((await runs()).length).toBeGreaterThanOrEqual(2);
  });

  test('does not keep a program alive that forgets to close', async () => {
    const { film, settings, cacheDir, runs } = await sleepingFilm({
      timeoutMs: 1500,
      maxRenderMs: 3_600_000,
    });
    const script = `
      import { createThumbnailer } from ${JSON.stringify(entry)};
      const thumbnailer = createThumbnailer(${JSON.stringify({ ...settings, cacheDir })});
      await thumbnailer.videoCover(${JSON.stringify(film)}, { width: 9, height: 9 }).catch(({ code }) => console.log(code));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stdout.trim()).toBe('timeout');
    await ended(await runs());
  });

  test('holds no close() up, which ends what reads it', async () => {
    const { thumbnailer, film, runs } = await sleepingFilm({ timeoutMs: 1500, maxRenderMs: 3_600_000 });
    await expect(thumbnailer.videoCover(film, box)).rejects.toMatchObject({ code: 'timeout' });
    await thumbnailer.close();
    expect((await thumbnailer.stats()).processes).toBe(0);
    await ended(await runs());
  });
});

test('what computes for longer than it may is remembered', async () => {
  const { thumbnailer, file } = await thumbnailerFixture({ timeoutMs: 200, maxRenderMs: 2000 });
  const groups = Array.from({ length: 30 }, (_, level) =>
    level === 0
      ? '<g id="g0"><rect width="1" height="1"/></g>'
      : `<g id="g${level}"><use href="#g${level - 1}"/><use href="#g${level - 1}"/></g>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><defs>${groups.join('')}</defs><use href="#g29"/></svg>`;
  await writeFile(file('slow.svg'), svg);
  await expect(thumbnailer.thumbnail(file('slow.svg'), box)).rejects.toMatchObject({ code: 'timeout' });
  while ((await thumbnailer.stats()).failed === 0) await sleep(10);
  await expect(thumbnailer.thumbnail(file('slow.svg'), box)).rejects.toMatchObject({
    code: 'timeout',
    message: `${file('slow.svg')} was given up after 2000 ms`,
  });
  expect((await thumbnailer.stats()).failed).toBe(1);
});
