import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { imagesDrawn, openPage, serveLibrary } from './helpers/open-web-app.ts';
import { writePicture } from './helpers/write-picture.ts';

const longName = 'a very long name of an image that somebody wrote as a whole prompt, '.repeat(2);

async function serveNames() {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  const names = ['fox.png', `${longName}.png`, 'dunes/a.png', 'dunes/b.png'];
  await Promise.all(
    names.map((name, at) =>
      writePicture(path.join(library, name), {
        hue: at * 80,
        text: `${'word'.repeat(80)} ${at}\nSteps: 5, Seed: ${at}`,
      }),
    ),
  );
  return serveLibrary(library, {
    timeZone: 'UTC',
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
}

const image = (library: string, name: string) => encodeURIComponent(path.join(library, name));
const views = (library: string): readonly string[] => [
  '/',
  '/?q=word',
  `/?image=${image(library, `${longName}.png`)}`,
  '/folders',
  `/folders?path=${encodeURIComponent(library)}`,
  `/compare?left=${image(library, 'fox.png')}&right=${image(library, 'dunes/a.png')}`,
  '/topics',
  '/topics?part=graph',
  '/topics?part=organize',
  '/statistics',
  '/settings',
];

test.each([
  { width: 360, height: 640 },
  { width: 768, height: 1024 },
  { width: 1366, height: 768 },
  { width: 3840, height: 2160 },
])('no view is wider than a screen of $width pixels', async (viewport) => {
  const { app, library } = await serveNames();
  const page = await openPage(app.url, { browser: { viewport } });
  for (const view of views(library)) {
    await page.goto(app.url + view);
    await page.getByRole('main').waitFor({ state: 'attached' });
    await page.waitForFunction(() => document.querySelector('main [role=progressbar]') === null);
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    expect({ view, widest }).toEqual({ view, widest: viewport.width });
  }
});

test('on a large screen the grid fills it, with pictures that are sharp', async () => {
  const { app } = await serveNames();
  const page = await openPage(app.url, {
    browser: { viewport: { width: 3840, height: 2160 }, deviceScaleFactor: 2 },
  });
  await imagesDrawn(page);
  const grid = await page.getByRole('grid').boundingBox();
  expect(grid?.width).toBeGreaterThan(3840 - 400);
  expect(Number(await page.getByRole('grid').getAttribute('aria-colcount'))).toBeGreaterThan(10);
  const sharpness = await page
    .getByRole('gridcell')
    .locator('img')
    .evaluateAll((images) =>
      images.map((element) => new URL((element as HTMLImageElement).src).searchParams.get('size')),
    );
  expect(new Set(sharpness)).toEqual(new Set(['512x512']));
});
