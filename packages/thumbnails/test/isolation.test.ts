import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { blue, quarters, red } from './helpers/pixels.ts';
import { thumbnailerFixture, type Fixture } from './helpers/thumbnailer-fixture.ts';

const box = { width: 64, height: 64 };
const entry = import.meta.resolve('@iib-kit/thumbnails');

/** Runs a script in a process of its own and gives what it prints. */
async function runNode(script: string): Promise<string> {
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  return stdout.trim();
}

/** A program in place of ffmpeg, which the render process starts. */
async function program({ file }: Fixture, name: string, script: string): Promise<string> {
  await writeFile(file(name), `#!${process.execPath}\n${script}\n`);
  await chmod(file(name), 0o755);
  return file(name);
}

async function picture({ file }: Fixture, name: string): Promise<string> {
  await quarters(50, 50, [red, red, blue, blue]).png().toFile(file(name));
  return file(name);
}

describe('a render process', () => {
  test('that dies takes down its own request only', async () => {
    const fixture = await thumbnailerFixture();
    const killer = await program(fixture, 'killer.cjs', 'process.kill(process.ppid, "SIGKILL");');
    const thumbnailer = fixture.open({ ffmpegPath: killer, concurrency: 1 });
    await writeFile(fixture.file('a.mp4'), 'any bytes');
    const images = ['a.png', 'b.png'].map(async (name) => picture(fixture, name));
    const [a, b] = await Promise.all(images);
    const asked = thumbnailer.videoCover(fixture.file('a.mp4'), box);
    const others = [a, b].map((path) => thumbnailer.thumbnail(path ?? '', box));
    await expect(asked).rejects.toMatchObject({ code: 'crashed', path: fixture.file('a.mp4') });
    expect(await Promise.all(others)).toHaveLength(2);
    expect(await fixture.cached('temp')).toEqual([]);
  });

  test('whose program hangs is given up in time', async () => {
    const fixture = await thumbnailerFixture();
    const sleeper = await program(fixture, 'sleeper.cjs', 'setInterval(() => {}, 1000);');
    const thumbnailer = fixture.open({ ffmpegPath: sleeper, timeoutMs: 500 });
    await writeFile(fixture.file('a.mp4'), 'any bytes');
    const error: unknown = await thumbnailer.videoCover(fixture.file('a.mp4'), box).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'ThumbnailError', path: fixture.file('a.mp4') });
    expect(['timeout', 'not-a-video']).toContain((error as { code: string }).code);
  });

  test('that is killed is replaced, and its file is tried again', async () => {
    const fixture = await thumbnailerFixture();
    const flag = fixture.file('died');
    const once = `const fs = require('node:fs');
      if (!fs.existsSync(${JSON.stringify(flag)})) { fs.writeFileSync(${JSON.stringify(flag)}, ''); process.kill(process.ppid, 'SIGKILL'); }`;
    const thumbnailer = fixture.open({ ffmpegPath: await program(fixture, 'once.cjs', once) });
    await writeFile(fixture.file('a.mp4'), 'any bytes');
    await writeFile(fixture.file('b.mp4'), 'any bytes');
    await expect(thumbnailer.videoCover(fixture.file('a.mp4'), box)).rejects.toMatchObject({
      code: 'not-a-video',
    });
    await expect(thumbnailer.videoCover(fixture.file('b.mp4'), box)).rejects.toMatchObject({
      code: 'not-a-video',
    });
  });

  test('that was killed is not remembered as a fault of the file', async () => {
    const fixture = await thumbnailerFixture();
    const runs = fixture.file('runs');
    const twice = `const fs = require('node:fs');
      fs.appendFileSync(${JSON.stringify(runs)}, 'x');
      if (fs.readFileSync(${JSON.stringify(runs)}).length <= 2) process.kill(process.ppid, 'SIGKILL');`;
    const thumbnailer = fixture.open({ ffmpegPath: await program(fixture, 'twice.cjs', twice) });
    await writeFile(fixture.file('a.mp4'), 'any bytes');
    const asked = async (): Promise<unknown> => thumbnailer.videoCover(fixture.file('a.mp4'), box);
    await expect(asked()).rejects.toMatchObject({ code: 'crashed' });
    await expect(asked()).rejects.toMatchObject({ code: 'not-a-video' });
  });

  test('does not keep a program alive that forgets to close', async () => {
    const fixture = await thumbnailerFixture();
    const path = await picture(fixture, 'a.png');
    const printed = await runNode(`
      import { createThumbnailer } from ${JSON.stringify(entry)};
      const thumbnailer = createThumbnailer({ cacheDir: ${JSON.stringify(fixture.cacheDir)} });
      const { bytes } = await thumbnailer.thumbnail(${JSON.stringify(path)}, { width: 9, height: 9 });
      console.log(bytes > 0);`);
    expect(printed).toBe('true');
  });
});

describe('the package', () => {
  test('loads neither sharp nor node-av when it is imported and used', async () => {
    const fixture = await thumbnailerFixture();
    const path = await picture(fixture, 'a.png');
    const printed = await runNode(`
      import { createThumbnailer } from ${JSON.stringify(entry)};
      const thumbnailer = createThumbnailer({ cacheDir: ${JSON.stringify(fixture.cacheDir)} });
      await thumbnailer.thumbnail(${JSON.stringify(path)}, { width: 9, height: 9 });
      const native = process.report.getReport().sharedObjects.filter((name) => /sharp|vips|node-av/.test(name));
      console.log(JSON.stringify(native));
      await thumbnailer.close();`);
    expect(printed).toBe('[]');
  });

  test('says what is missing when there is nothing to read videos with', async () => {
    const { open, file } = await thumbnailerFixture();
    await writeFile(file('a.mp4'), 'any bytes');
    const asked = open({ ffmpegPath: file('no-such-program') }).videoCover(file('a.mp4'), box);
    const error: unknown = await asked.catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'no-video-decoder' });
    expect(String(error)).toMatch(/npm install node-av.*ffmpeg.*ffmpegPath.*no-such-program/u);
  });

  test('is started by its child file, which is part of it', async () => {
    const child = new URL('render-child.js', entry);
    expect(pathToFileURL(child.pathname).href).toBe(child.href);
    expect(await readFile(child, 'utf8')).toContain('disconnect');
  });
});

describe('close()', () => {
  test('ends what waits and what runs, and refuses what comes after', async () => {
    const fixture = await thumbnailerFixture({ concurrency: 1 });
    const paths = await Promise.all(['a.png', 'b.png', 'c.png'].map((name) => picture(fixture, name)));
    const asked = paths.map((path) => fixture.thumbnailer.thumbnail(path, box));
    const outcomes = Promise.allSettled(asked);
    while ((await fixture.thumbnailer.stats()).waiting < 2) await Promise.resolve();
    await fixture.thumbnailer.close();
    const codes = (await outcomes).map((o) =>
      o.status === 'rejected' ? (o.reason as { code: string }).code : 'done',
    );
    expect(codes).toEqual(['closed', 'closed', 'closed']);
    const late = fixture.thumbnailer.thumbnail(paths[0] ?? '', box);
    await expect(late).rejects.toMatchObject({ code: 'closed' });
    expect(await fixture.cached('temp')).toEqual([]);
  });
});
