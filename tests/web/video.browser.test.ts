import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

import { makeVideo } from '../../packages/thumbnails/test/helpers/make-video.ts';
import { needsNodeAv } from '../../packages/thumbnails/test/helpers/needs-video.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { openPage, serveLibrary } from './helpers/open-web-app.ts';
import { writePicture } from './helpers/write-picture.ts';

const colours = [
  [200, 40, 40],
  [40, 200, 40],
  [40, 40, 200],
  [200, 200, 40],
] as const;

/** A library of a video of two seconds, and one that is none. */
async function openVideos(at: string, expectedProblems: RegExp): Promise<Page> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  await mkdir(library);
  await makeVideo(
    path.join(library, 'kite.webm'),
    Array.from({ length: 20 }, () => colours),
    { codec: 'libvpx', framesPerSecond: 10 },
  );
  await writeFile(path.join(library, 'broken.webm'), 'no video');
  const { app } = await serveLibrary(library, {
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  return openPage(`${app.url}${at.replace('LIBRARY', encodeURIComponent(library))}`, { expectedProblems });
}

// What is no video has no cover.
const noCover = /Failed to load resource/;

test('a video has a cover, plays while it is pointed at, and stops when it is left', async (context) => {
  needsNodeAv(context);
  const page = await openVideos('', noCover);
  const cell = page.getByRole('gridcell', { name: 'kite.webm' });
  await cell.locator('img[data-drawn=true]').waitFor();
  expect(await page.locator('video').count()).toBe(0);
  await cell.hover();
  const video = cell.locator('video');
  await video.waitFor();
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2);
  expect(await video.evaluate((element: HTMLVideoElement) => [element.muted, element.loop])).toEqual([
    true,
    true,
  ]);
  await page.getByRole('combobox', { name: 'Search' }).hover();
  await video.waitFor({ state: 'detached' });
});

test('it opens in a player that can be sought in', async (context) => {
  needsNodeAv(context);
  const page = await openVideos('', noCover);
  await page.getByRole('gridcell', { name: 'kite.webm' }).click();
  const video = page.getByRole('dialog').locator('video');
  await video.waitFor();
  expect(await video.getAttribute('poster')).toMatch(/thumbnail|cover/);
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await video.evaluate(async (element: HTMLVideoElement) => {
    const sought = new Promise((resolve) => element.addEventListener('seeked', resolve, { once: true }));
    element.currentTime = 1.5;
    await sought;
  });
  await video.evaluate((element: HTMLVideoElement) => element.play());
  await page.waitForFunction(() => {
    const element = document.querySelector('video');
    return element !== null && !element.paused && element.currentTime > 0 && element.currentTime !== 1.5;
  });
});

test('what cannot be played says so, with a way on', async (context) => {
  needsNodeAv(context);
  const page = await openVideos('/?image=LIBRARY%2Fbroken.webm', /./);
  await page.getByRole('alert').getByText('Playback unavailable').waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('alert').getByText('Playback unavailable').waitFor();
  await page.getByRole('button', { name: 'Close' }).first().click();
  await page.getByRole('gridcell', { name: 'kite.webm' }).waitFor();
  expect(await page.getByRole('gridcell', { name: 'kite.webm' }).isVisible()).toBe(true);
});

test('sounds have no picture, and hold up none', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  await writePicture(path.join(library, 'kite.png'));
  await Promise.all(
    Array.from({ length: 6 }, (_, at) => writeFile(path.join(library, `${at}.mp3`), 'ID3 no sound')),
  );
  const { app } = await serveLibrary(library, {
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  const page = await openPage(app.url);
  await page.getByRole('gridcell', { name: 'kite.png' }).locator('img[data-drawn=true]').waitFor();
  expect(await page.getByRole('gridcell').count()).toBe(7);
  expect(await page.getByRole('gridcell', { name: '0.mp3' }).getByText('0.mp3').isVisible()).toBe(true);
});
