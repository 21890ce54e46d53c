import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { blue, green, quarters, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';
import { filmOfProgram, writeFakeFfmpeg } from './helpers/write-fake-ffmpeg.ts';

const box = { width: 32, height: 32 };
const picture = await quarters(64, 48, [red, green, blue, yellow]).png().toBuffer();

async function confinedFixture() {
  const fixture = await thumbnailerFixture();
  const dir = await realpath(fixture.dir);
  const [library, outside] = [path.join(dir, 'library'), path.join(dir, 'outside')];
  for (const folder of [library, outside]) {
    await mkdir(folder);
    await writeFile(path.join(folder, 'a.png'), picture);
  }
  return { ...fixture, dir, library, outside, within: [library] };
}

describe.skipIf(process.platform === 'win32')('with folders that a file must lie in', () => {
  test('a picture inside is rendered as without them', async () => {
    const { thumbnailer, library, within } = await confinedFixture();
    const image = path.join(library, 'a.png');
    const { data } = await thumbnailer.thumbnailBytes(image, { ...box, within });
    await thumbnailer.clear();
    expect((await thumbnailer.thumbnailBytes(image, box)).data).toEqual(data);
    expect(await thumbnailer.perceptualHash(image, { within })).toMatch(/^[0-9a-f]{16}$/);
  });

  test('one outside is not, by whatever link it is reached', async () => {
    const { thumbnailer, library, outside, within } = await confinedFixture();
    await symlink(path.join(outside, 'a.png'), path.join(library, 'link.png'));
    await symlink(outside, path.join(library, 'folder'));
    for (const name of ['link.png', 'folder/a.png', '../outside/a.png']) {
      const image = path.join(library, name);
      await expect(thumbnailer.thumbnail(image, { ...box, within })).rejects.toMatchObject({
        code: 'unreadable',
      });
      await expect(thumbnailer.perceptualHash(image, { within })).rejects.toMatchObject({
        code: 'unreadable',
      });
    }
    const summary = await thumbnailer.pregenerate([library], { ...box, within });
    expect(summary).toMatchObject({ done: 2, rendered: 1, failed: 1 });
  });

  test('errors name the file, not what it was opened as', async () => {
    const { thumbnailer, library, within } = await confinedFixture();
    const image = path.join(library, 'broken.png');
    await writeFile(image, picture.subarray(0, picture.length / 2));
    const failure = await thumbnailer.thumbnail(image, { ...box, within }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'truncated', path: image });
    expect(String(failure)).toContain(image);
    expect(String(failure)).not.toContain('/proc/');
  });

  test('a video inside is read, by a program too', async () => {
    const { dir, library, open, within } = await confinedFixture();
    await writeFakeFfmpeg(path.join(dir, 'ffmpeg'));
    const thumbnailer = open({ ffmpegPath: path.join(dir, 'ffmpeg') });
    const film = path.join(library, 'film.mkv');
    await writeFile(film, filmOfProgram);
    const info = await thumbnailer.videoInfo(film);
    expect(await thumbnailer.videoInfo(film, { within })).toEqual(info);
    expect((await thumbnailer.videoCover(film, { ...box, within })).bytes).toBeGreaterThan(0);
    const outside = thumbnailer.videoInfo(path.join(library, '../outside/a.png'), { within });
    await expect(outside).rejects.toMatchObject({ code: 'unreadable' });
  });
});
