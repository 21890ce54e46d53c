import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { blue, distance, green, look, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture, type Fixture } from './helpers/thumbnailer-fixture.ts';

async function withProgram(options: { maxPixels?: number } = {}) {
  const fixture = await thumbnailerFixture();
  const script = await readFile(new URL('helpers/fake-ffmpeg.cjs', import.meta.url), 'utf8');
  await writeFile(fixture.file('ffmpeg'), `#!${process.execPath}\n${script}`);
  await chmod(fixture.file('ffmpeg'), 0o755);
  await writeFile(fixture.file('film.mkv'), 'what only the program understands');
  const thumbnailer = fixture.open({ ffmpegPath: fixture.file('ffmpeg'), ...options });
  return { ...fixture, thumbnailer, film: fixture.file('film.mkv') };
}

/** Runs the package where sharp is installed and node-av is not, and gives what it prints. */
async function withoutNodeAv({ file, film }: { file: Fixture['file']; film: string }, path: string) {
  await mkdir(file('app/node_modules'), { recursive: true });
  await cp(fileURLToPath(new URL('.', import.meta.resolve('@iib-kit/thumbnails'))), file('app/dist'), {
    recursive: true,
  });
  await writeFile(file('app/package.json'), '{"type":"module"}');
  const sharp = fileURLToPath(new URL('..', import.meta.resolve('sharp')));
  await symlink(sharp, file('app/node_modules/sharp'), 'junction');
  await mkdir(file('app/node_modules/@iib-kit'));
  const metadata = fileURLToPath(new URL('..', import.meta.resolve('@iib-kit/metadata')));
  await symlink(metadata, file('app/node_modules/@iib-kit/metadata'), 'junction');
  const script = `
    import { createThumbnailer } from './dist/index.js';
    const thumbnailer = createThumbnailer({ cacheDir: './cache', timeoutMs: 20000 });
    const info = await thumbnailer.videoInfo(${JSON.stringify(film)}).catch(({ code }) => ({ code }));
    console.log(info.code ?? info.codec);
    await thumbnailer.close();`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: file('app'),
    env: { ...process.env, PATH: path },
  });
  return stdout.trim();
}

describe('where node-av is not installed', () => {
  test('an ffmpeg in the PATH is used', async () => {
    const fixture = await withProgram();
    expect(await withoutNodeAv(fixture, fixture.dir)).toBe('h264');
  });

  test('and no ffmpeg is in the PATH, videos fail with no-video-decoder', async () => {
    const fixture = await withProgram();
    expect(await withoutNodeAv(fixture, fixture.file('app'))).toBe('no-video-decoder');
  });
});

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

  test('says of a file that it cannot open why, and what it is', async () => {
    const { thumbnailer, file } = await withProgram();
    await writeFile(file('notes.mkv'), 'no video');
    const matroska = Buffer.from('1a45dfa3', 'hex');
    await writeFile(file('cut.mkv'), Buffer.concat([matroska, Buffer.alloc(60)]));
    await writeFile(file('sound.mkv'), 'only sound');
    const box = { width: 9, height: 9 };
    await expect(thumbnailer.videoCover(file('notes.mkv'), box)).rejects.toMatchObject({
      code: 'not-a-video',
      message: expect.stringMatching(/ is not a video: .*Invalid data found when processing input$/),
    });
    await expect(thumbnailer.videoInfo(file('cut.mkv'))).rejects.toMatchObject({ code: 'truncated' });
    await expect(thumbnailer.videoInfo(file('sound.mkv'))).rejects.toMatchObject({ code: 'no-video-stream' });
  });

  test('is held to the pixel limit', async () => {
    const { thumbnailer, film } = await withProgram({ maxPixels: 320 * 180 - 1 });
    const asked = thumbnailer.videoCover(film, { width: 9, height: 9 });
    await expect(asked).rejects.toMatchObject({ code: 'too-large' });
  });
});
