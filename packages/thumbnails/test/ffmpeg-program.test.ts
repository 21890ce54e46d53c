import { chmod, readFile, writeFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { blue, distance, green, look, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

async function withProgram(options: { maxPixels?: number } = {}) {
  const fixture = await thumbnailerFixture();
  const script = await readFile(new URL('helpers/fake-ffmpeg.cjs', import.meta.url), 'utf8');
  await writeFile(fixture.file('ffmpeg'), `#!${process.execPath}\n${script}`);
  await chmod(fixture.file('ffmpeg'), 0o755);
  await writeFile(fixture.file('film.mkv'), 'what only the program understands');
  const thumbnailer = fixture.open({ ffmpegPath: fixture.file('ffmpeg'), ...options });
  return { ...fixture, thumbnailer, film: fixture.file('film.mkv') };
}

describe('an ffmpeg program that was chosen', () => {
  test('gives the cover, past a black beginning', async () => {
    const { thumbnailer, film } = await withProgram();
    const { path } = await thumbnailer.videoCover(film, { width: 100, height: 100 });
    const seen = await look(path);
    expect(seen).toMatchObject({ format: 'webp', width: 100, height: 56 });
    expect(distance(seen.quarters, [red, green, blue, yellow])).toBeLessThan(16);
  });

  test('gives the information', async () => {
    const { thumbnailer, film } = await withProgram();
    expect(await thumbnailer.videoInfo(film)).toEqual({
      durationSeconds: 10,
      width: 320,
      height: 180,
      codec: 'h264',
      container: 'matroska,webm',
      frameRate: 25,
      hasAudio: false,
    });
  });

  test('is held to the pixel limit', async () => {
    const { thumbnailer, film } = await withProgram({ maxPixels: 320 * 180 - 1 });
    const asked = thumbnailer.videoCover(film, { width: 9, height: 9 });
    await expect(asked).rejects.toMatchObject({ code: 'too-large' });
  });
});
