import { execFile } from 'node:child_process';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { blue, distance, green, look, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture, type Fixture } from './helpers/thumbnailer-fixture.ts';
import { filmOfProgram, writeFakeFfmpeg } from './helpers/write-fake-ffmpeg.ts';

async function withProgram(options: { maxPixels?: number } = {}) {
  const fixture = await thumbnailerFixture();
  await writeFakeFfmpeg(fixture.file('ffmpeg'));
  await writeFile(fixture.file('film.mkv'), filmOfProgram);
  const thumbnailer = fixture.open({ ffmpegPath: fixture.file('ffmpeg'), ...options });
  return { ...fixture, thumbnailer, film: fixture.file('film.mkv') };
}

/** What the package needs, with the way from its entry file to its folder. */
const needed = { sharp: '..', 'lru-cache': '../..', '@iib-kit/metadata': '..' };

/** Runs a script where the package is installed and node-av is not, and gives what it prints. */
async function withoutNodeAv({ file }: Fixture, { path, script }: { path: string; script: string }) {
  await mkdir(file('app/node_modules/@iib-kit'), { recursive: true });
  await cp(fileURLToPath(new URL('.', import.meta.resolve('@iib-kit/thumbnails'))), file('app/dist'), {
    recursive: true,
  });
  await writeFile(file('app/package.json'), '{"type":"module"}');
  for (const [name, up] of Object.entries(needed)) {
    const folder = fileURLToPath(new URL(up, import.meta.resolve(name)));
    await symlink(folder, file(`app/node_modules/${name}`), 'junction');
  }
  const whole = `
    import { createThumbnailer } from './dist/index.js';
    const thumbnailer = createThumbnailer({ cacheDir: './cache', timeoutMs: 20000 });
    ${script}
    await thumbnailer.close();`;
  const args = ['--input-type=module', '--eval', whole];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: file('app'),
    env: { ...process.env, PATH: path },
  });
  return stdout.trim();
}

describe('where node-av is not installed', () => {
  const codecOf = (film: string) => `
    const info = await thumbnailer.videoInfo(${JSON.stringify(film)}).catch((error) => error);
    console.log(info.codec ?? info.code + ': ' + info.message);`;

  test('an ffmpeg in the PATH is used', async () => {
    const fixture = await withProgram();
    const script = codecOf(fixture.film);
    expect(await withoutNodeAv(fixture, { path: fixture.dir, script })).toBe('h264');
  });

  test('and no ffmpeg is in the PATH, videos fail with no-video-decoder and what to install', async () => {
    const fixture = await withProgram();
    const script = codecOf(fixture.film);
    expect(await withoutNodeAv(fixture, { path: fixture.file('app'), script })).toBe(
      'no-video-decoder: Videos need the package node-av (npm install node-av) or an ffmpeg program, in the PATH ' +
        'or named by the option ffmpegPath; "ffmpeg" cannot be run',
    );
  });

  test('an image that only node-av reads is unsupported, and says what to install', async () => {
    const fixture = await withProgram();
    const path = fixture.file('picture.bmp');
    await writeFile(path, 'BM, and the rest of a bitmap');
    const script = `
      const { code, message } = await thumbnailer
        .thumbnail(${JSON.stringify(path)}, { width: 9, height: 9 })
        .catch((error) => error);
      console.log(code + ': ' + message);`;
    expect(await withoutNodeAv(fixture, { path: fixture.dir, script })).toBe(
      `unsupported: ${path} begins as bmp and cannot be read; ` +
        'the package node-av reads more formats (npm install node-av)',
    );
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
