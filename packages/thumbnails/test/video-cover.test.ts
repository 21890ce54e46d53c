import { createHash } from 'node:crypto';
import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from 'vitest';

import { makeAudio } from './helpers/make-audio.ts';
import { makeVideo, type VideoForm, type VideoFrame } from './helpers/make-video.ts';
import { needsNodeAv } from './helpers/needs-video.ts';
import { blue, distance, green, look, quarters, red, yellow } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

beforeEach(needsNodeAv);

const colours = [red, green, blue, yellow];
const black: VideoFrame = Array.from({ length: 4 }, () => [0, 0, 0]);
const box = { width: 80, height: 80 };

const containers: [string, VideoForm][] = [
  ['clip.mp4', { codec: 'libx264' }],
  ['clip.m4v', { codec: 'libx264' }],
  ['clip.mov', { codec: 'mjpeg', fullRange: true }],
  ['clip.mkv', { codec: 'libx265' }],
  ['clip.webm', { codec: 'libvpx-vp9' }],
  ['av1.webm', { codec: 'libsvtav1' }],
  ['clip.avi', { codec: 'mpeg4' }],
  ['clip.ts', { codec: 'mpeg2video' }],
  ['clip.flv', { codec: 'flv' }],
  ['clip.wmv', { codec: 'wmv2' }],
];

describe('the cover of a video', () => {
  test('videoCoverBytes gives the file that videoCover names', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(file('clip.mp4'), [colours, colours]);
    const { data, etag } = await thumbnailer.videoCoverBytes(file('clip.mp4'), box);
    const cover = await thumbnailer.videoCover(file('clip.mp4'), box);
    expect(etag).toBe(cover.etag);
    expect(data.equals(await readFile(cover.path))).toBe(true);
  });

  test.each(containers)('%s is fitted into the box as WebP', async (name, form) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(
      file(name),
      Array.from({ length: 5 }, () => colours),
      form,
    );
    const { path } = await thumbnailer.videoCover(file(name), box);
    const seen = await look(path);
    expect(seen).toMatchObject({ format: 'webp', width: 80, height: 45 });
    expect(distance(seen.quarters, colours)).toBeLessThan(24);
  });

  test.each([true, false])('a clip of one frame has one (length left out: %s)', async (withoutDurations) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(file('one.mp4'), [colours], { withoutDurations });
    const { path } = await thumbnailer.videoCover(file('one.mp4'), box);
    expect(distance((await look(path)).quarters, colours)).toBeLessThan(24);
  });

  test.each([12, 1000])(
    'passes over a black beginning, with a key frame every %i frames',
    async (keyEvery) => {
      const { thumbnailer, file } = await thumbnailerFixture();
      const frames = [
        ...Array.from({ length: 5 }, () => black),
        ...Array.from({ length: 45 }, () => colours),
      ];
      await makeVideo(file('fade.mp4'), frames, { keyEvery });
      const { path } = await thumbnailer.videoCover(file('fade.mp4'), box);
      expect(distance((await look(path)).quarters, colours)).toBeLessThan(24);
    },
  );

  test('a video that is black throughout still has one', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(file('night.mp4'), [black, black, black]);
    const { path } = await thumbnailer.videoCover(file('night.mp4'), box);
    expect(distance((await look(path)).quarters, black)).toBeLessThan(8);
  });

  test.each([
    [90, [blue, red, yellow, green]],
    [180, [yellow, blue, green, red]],
    [270, [green, yellow, red, blue]],
  ] as const)('a turn of %i degrees is made', async (turn, expected) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(file('turned.mp4'), [colours], { turn });
    const { path } = await thumbnailer.videoCover(file('turned.mp4'), box);
    const seen = await look(path);
    expect(seen).toMatchObject(turn === 180 ? { width: 80, height: 45 } : { width: 45, height: 80 });
    expect(distance(seen.quarters, expected)).toBeLessThan(24);
  });

  test('pixels that are not square are stretched', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(file('wide.mkv'), [colours], { width: 100, height: 100, pixelAspect: [2, 1] });
    const { path } = await thumbnailer.videoCover(file('wide.mkv'), box);
    expect(await look(path)).toMatchObject({ width: 80, height: 40 });
    const info = await thumbnailer.videoInfo(file('wide.mkv'));
    expect(info).toMatchObject({ width: 200, height: 100 });
  });

  test('a small video is not enlarged', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(file('small.mp4'), [colours], { width: 34, height: 18 });
    const { path } = await thumbnailer.videoCover(file('small.mp4'), box);
    expect(await look(path)).toMatchObject({ width: 34, height: 18 });
  });
});

describe('videoInfo', () => {
  test('tells length, size, codec, container and frame rate', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    const frames = Array.from({ length: 25 }, () => colours);
    await makeVideo(file('clip.mkv'), frames, { codec: 'libx264', turn: 0 });
    expect(await thumbnailer.videoInfo(file('clip.mkv'))).toEqual({
      durationSeconds: 2.5,
      width: 160,
      height: 90,
      codec: 'h264',
      container: 'matroska,webm',
      frameRate: 10,
      hasAudio: false,
    });
  });

  test('gives the size as it is shown', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(file('turned.mp4'), [colours], { turn: 90 });
    expect(await thumbnailer.videoInfo(file('turned.mp4'))).toMatchObject({ width: 90, height: 160 });
  });
});

describe('a cover that somebody chose', () => {
  const chosen = [yellow, yellow, red, red];

  async function videoWithCover() {
    const fixture = await thumbnailerFixture();
    await makeVideo(fixture.file('clip.mp4'), [colours]);
    const image = await quarters(300, 300, chosen).png().toBuffer();
    await fixture.thumbnailer.setVideoCover(fixture.file('clip.mp4'), image);
    return { ...fixture, video: fixture.file('clip.mp4') };
  }

  test('is shown in every box, also by another thumbnailer on the same cache', async () => {
    const { open, video, cached } = await videoWithCover();
    const { path } = await open().videoCover(video, box);
    const seen = await look(path);
    expect(seen).toMatchObject({ format: 'webp', width: 80, height: 80 });
    expect(distance(seen.quarters, chosen)).toBeLessThan(16);
    expect(await cached('temp')).toEqual([]);
  });

  test('takes the place of a frame that was rendered before, and of an older choice', async () => {
    const { thumbnailer, video } = await videoWithCover();
    const first = await thumbnailer.videoCover(video, box);
    const image = await quarters(300, 300, colours).jpeg({ quality: 95 }).toBuffer();
    await thumbnailer.setVideoCover(video, image);
    const second = await thumbnailer.videoCover(video, box);
    expect(second.etag).not.toBe(first.etag);
    expect(distance((await look(second.path)).quarters, colours)).toBeLessThan(16);
    expect((await thumbnailer.stats()).chosenCovers).toBe(1);
  });

  test('goes when the video changes, and comes back with its content', async () => {
    const { thumbnailer, video, file } = await videoWithCover();
    await rename(video, file('aside.mp4'));
    await makeVideo(video, [colours, colours]);
    const { path } = await thumbnailer.videoCover(video, box);
    expect(distance((await look(path)).quarters, colours)).toBeLessThan(24);
    await rename(file('aside.mp4'), video);
    const back = await thumbnailer.videoCover(video, box);
    expect(distance((await look(back.path)).quarters, chosen)).toBeLessThan(16);
  });

  test('stays when the video is renamed, moved, copied or given another date', async () => {
    const { thumbnailer, open, video, file } = await videoWithCover();
    const showsChosen = async (path: string, thumbnailer_ = thumbnailer): Promise<void> => {
      const cover = await thumbnailer_.videoCover(path, box);
      expect(distance((await look(cover.path)).quarters, chosen)).toBeLessThan(16);
    };
    await utimes(video, 1_700_000_000, 1_700_000_000);
    await showsChosen(video);
    await mkdir(file('other'));
    const moved = file('other/renamed.mp4');
    await rename(video, moved);
    await showsChosen(moved);
    await showsChosen(moved, open());
    await copyFile(moved, file('copy.mp4'));
    await showsChosen(file('copy.mp4'));
    await thumbnailer.removeVideoCover(moved);
    const { path } = await thumbnailer.videoCover(file('copy.mp4'), box);
    expect(distance((await look(path)).quarters, colours)).toBeLessThan(24);
  });

  test('is no other video of the same size and date', async () => {
    const { thumbnailer, video, file } = await videoWithCover();
    const bytes = await readFile(video);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(file('other.mp4'), bytes);
    const { atime, mtime } = await stat(video);
    await utimes(file('other.mp4'), atime, mtime);
    const { path } = await thumbnailer.videoCover(file('other.mp4'), box);
    expect(distance((await look(path)).quarters, chosen)).toBeGreaterThan(60);
  });

  test('of an earlier version, which went by path and date, is taken over', async () => {
    const { thumbnailer, open, video, file, cacheDir } = await videoWithCover();
    const [name = ''] = await readdir(join(cacheDir, 'chosen', 'contents'));
    const { mtimeMs, size } = await stat(video);
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
    const ofPath = hash(await realpath(video));
    await mkdir(join(cacheDir, 'chosen', ofPath.slice(0, 2)));
    await rename(
      join(cacheDir, 'chosen', 'contents', name),
      join(cacheDir, 'chosen', ofPath.slice(0, 2), `${ofPath}-${hash(`${mtimeMs}\0${size}`)}.webp`),
    );
    await rm(join(cacheDir, 'chosen', 'contents'), { recursive: true });
    await open().videoCover(video, box);
    await rename(video, file('renamed.mp4'));
    const { path } = await thumbnailer.videoCover(file('renamed.mp4'), box);
    expect(distance((await look(path)).quarters, chosen)).toBeLessThan(16);
    expect(await readdir(join(cacheDir, 'chosen', 'contents'))).toEqual([name]);
  });

  test('goes when it is removed', async () => {
    const { thumbnailer, video } = await videoWithCover();
    await thumbnailer.removeVideoCover(video);
    const { path } = await thumbnailer.videoCover(video, box);
    expect(distance((await look(path)).quarters, colours)).toBeLessThan(24);
  });

  test('outlives clear(), unless clear is told', async () => {
    const { thumbnailer, video } = await videoWithCover();
    await thumbnailer.clear();
    const kept = await thumbnailer.videoCover(video, box);
    expect(distance((await look(kept.path)).quarters, chosen)).toBeLessThan(16);
    await thumbnailer.clear({ chosenCovers: true });
    const frame = await thumbnailer.videoCover(video, box);
    expect(distance((await look(frame.path)).quarters, colours)).toBeLessThan(24);
  });

  test('has to be an image', async () => {
    const { thumbnailer, video, cached } = await videoWithCover();
    for (const wrong of [Buffer.from('no image at all'), Buffer.alloc(0)]) {
      const set = thumbnailer.setVideoCover(video, wrong);
      await expect(set).rejects.toMatchObject({ code: 'not-an-image', path: video });
    }
    const { path } = await thumbnailer.videoCover(video, box);
    expect(distance((await look(path)).quarters, chosen)).toBeLessThan(16);
    expect(await cached('temp')).toEqual([]);
  });
});

describe('bad videos', () => {
  test.each([
    ['empty.mp4', 'not-a-video', Buffer.alloc(0)],
    ['text.mp4', 'not-a-video', Buffer.from('I am a text, and FFmpeg would like to see one\n')],
    ['list.m3u8', 'not-a-video', Buffer.from('#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n')],
    ['list.mp4', 'not-a-video', Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n')],
    ['concat.mp4', 'not-a-video', Buffer.from("ffconcat version 1.0\nfile '/etc/hostname'\n")],
  ])('%s is %s', async (name, code, content) => {
    const { thumbnailer, file, cached } = await thumbnailerFixture();
    await writeFile(file(name), content);
    await expect(thumbnailer.videoCover(file(name), box)).rejects.toMatchObject({ code });
    expect(await cached('temp')).toEqual([]);
  });

  test.each(['sound.mkv', 'sound.mov', 'sound.avi'])('%s has no video stream', async (name) => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeAudio(file(name));
    const code = 'no-video-stream';
    await expect(thumbnailer.videoCover(file(name), box)).rejects.toMatchObject({ code });
    await expect(thumbnailer.videoInfo(file(name))).rejects.toMatchObject({ code });
  });

  test('one that is cut off before its index is truncated', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(
      file('whole.mp4'),
      Array.from({ length: 20 }, () => colours),
    );
    const whole = await readFile(file('whole.mp4'));
    await writeFile(file('cut.mp4'), whole.subarray(0, Math.floor(whole.length / 2)));
    await expect(thumbnailer.videoCover(file('cut.mp4'), box)).rejects.toMatchObject({ code: 'truncated' });
  });

  test('one that is cut off after a frame shows that frame', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await makeVideo(
      file('whole.ts'),
      Array.from({ length: 20 }, () => colours),
      { codec: 'mpeg2video' },
    );
    const whole = await readFile(file('whole.ts'));
    await writeFile(file('cut.ts'), whole.subarray(0, Math.floor(whole.length / 2)));
    const { path } = await thumbnailer.videoCover(file('cut.ts'), box);
    expect(distance((await look(path)).quarters, colours)).toBeLessThan(24);
  });

  test('an image is no video', async () => {
    const { thumbnailer, file } = await thumbnailerFixture();
    await quarters(50, 50, colours).jpeg().toFile(file('photo.jpg'));
    await copyFile(file('photo.jpg'), file('photo.mp4'));
    await expect(thumbnailer.videoCover(file('photo.mp4'), box)).rejects.toMatchObject({
      code: 'not-a-video',
    });
  });

  test('frames above the pixel limit are too large', async () => {
    const { thumbnailer, file } = await thumbnailerFixture({ maxPixels: 100 * 50 });
    await makeVideo(file('large.mp4'), [colours]);
    await expect(thumbnailer.videoCover(file('large.mp4'), box)).rejects.toMatchObject({ code: 'too-large' });
  });
});
