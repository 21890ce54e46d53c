import { writeFileSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { makeLibrary } from '../helpers/make-library.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { imagesDrawn, openPage, openWebApp, screenshots, serveLibrary } from './helpers/open-web-app.ts';
import { writePicture } from './helpers/write-picture.ts';

const FILES = 10_000;
const images = { 'a.png': 'a fox', 'animals/b.png': 'a cat', 'animals/small/c.png': 'a mouse' };

test('from the library down by cards and tree, and up by the way', async () => {
  const { page, library } = await openWebApp({ library: images, at: '/folders' });
  await page
    .getByRole('list', { name: 'Library' })
    .getByRole('link', { name: /library/ })
    .click();
  await page.getByRole('gridcell', { name: 'a.png' }).waitFor();
  expect(await page.getByRole('gridcell').count()).toBe(3);
  await page.getByRole('link', { name: 'animals' }).click();
  await page.getByRole('gridcell', { name: 'a.png' }).waitFor({ state: 'detached' });
  expect(await page.getByRole('gridcell').count()).toBe(2);
  const tree = page.getByRole('tree', { name: 'Library' });
  await tree.getByRole('treeitem', { name: 'animals', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await tree.getByRole('treeitem', { name: 'small' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForURL(/small$/);
  const way = page.getByRole('navigation', { name: 'Path' });
  expect(await way.getByRole('link').allTextContents()).toEqual(['Library', 'library', 'animals', 'small']);
  await page.getByRole('gridcell', { name: 'c.png' }).click();
  await page.locator('[role=dialog][aria-label="c.png"]').waitFor();
  await page.keyboard.press('Escape');
  await way.getByRole('link', { name: 'library', exact: true }).click();
  expect(new URL(page.url()).searchParams.get('path')).toBe(library);
});

test('what is open and has the focus stays so while images come', async () => {
  const { page, app, library } = await openWebApp({ library: images, at: '/folders' });
  const tree = page.getByRole('tree', { name: 'Library' });
  await tree.getByRole('treeitem', { name: 'library' }).focus();
  await page.keyboard.press('ArrowRight');
  await tree.getByRole('treeitem', { name: 'animals', exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await tree.getByRole('treeitem', { name: 'small' }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  for (const { name, count, key, next } of [
    { name: 'animals/new.png', count: 4, key: 'ArrowDown', next: 'small' },
    { name: 'animals/small/new.png', count: 5, key: 'ArrowUp', next: 'animals' },
    { name: 'new.png', count: 6, key: 'ArrowUp', next: 'library' },
  ]) {
    const listed = page.waitForResponse(/\/files\?/);
    await makeLibrary(library, { [name]: 'something new' });
    await app.service.library.update();
    await listed;
    await page.getByTestId('counts').getByText(`${count} images`).waitFor();
    await page.keyboard.press(key);
    expect(await focused(), `after ${name}`).toBe(next);
  }
  expect(await tree.getByRole('treeitem').count()).toBe(3);
});

test('a folder is added, indexed, named and taken out again', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const more = path.join(folder, 'more');
  await mkdir(more);
  await makeLibrary(more, { 'new.png': 'a whale' });
  const { page } = await openWebApp({
    library: images,
    at: '/folders',
    // A folder that is not there, and one that is asked for in the moment in which it is taken out.
    expectedProblems: /404 \(Not Found\)|403 \(Forbidden\)/,
  });
  await page.getByRole('button', { name: 'Add folder' }).click();
  const field = page.getByLabel('Folder path on the server');
  await field.fill(path.join(folder, 'none'));
  await field.press('Enter');
  await page.getByRole('alert').waitFor();
  expect(await field.inputValue()).toBe(path.join(folder, 'none'));
  await field.fill(more);
  await field.press('Enter');
  await page.getByRole('gridcell', { name: 'new.png' }).waitFor();
  await page.getByRole('button', { name: 'Folder actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Whales');
  await page.keyboard.press('Enter');
  await page.getByRole('treeitem', { name: 'Whales' }).waitFor();
  await page.getByRole('button', { name: 'Folder actions' }).click();
  await page.getByRole('menuitem', { name: 'Remove from library' }).click();
  await page.getByRole('button', { name: 'Remove from library' }).click();
  await page.getByRole('treeitem', { name: 'Whales' }).waitFor({ state: 'detached' });
  await page.getByRole('list', { name: 'Library' }).waitFor();
});

test('new images are looked for, and a folder that is not there is marked', async () => {
  const { app, library, folder } = await serveLibrary(images);
  // Covers may be asked for in the moment in which their files go.
  const page = await openPage(`${app.url}/folders`, { expectedProblems: /404 .*\/image-thumbnail\?/ });
  await page.getByRole('button', { name: 'Rescan' }).click();
  await page.getByText('The library is up to date').waitFor();
  await rename(library, path.join(folder, 'away'));
  // Nobody has to ask again for it to be seen.
  await page.getByRole('treeitem', { name: 'library (unavailable)' }).click();
  await page.getByText('its drive may be disconnected').waitFor();
  expect(await page.getByRole('gridcell').count()).toBe(0);
  await rename(path.join(folder, 'away'), library);
  await page.getByRole('gridcell', { name: 'a.png' }).waitFor();
});

test('indexing shows how far it is, and can be cancelled and begun again', async () => {
  const { app, library } = await serveLibrary(images, { watch: false });
  // What was asked for and is cancelled is answered so.
  const page = await openPage(`${app.url}/folders`, { expectedProblems: /409 .*\/update_image_data/ });
  await page.getByRole('button', { name: 'Rescan' }).waitFor();
  // Enough that it takes seconds.
  const picture = await readFile(path.join(library, 'a.png'));
  const folder = path.join(library, 'many');
  await mkdir(folder);
  for (let at = 0; at < FILES; at += 1) writeFileSync(path.join(folder, `${at}.png`), picture);
  await page.getByRole('button', { name: 'Rescan' }).click();
  const progress = page.getByRole('main').getByRole('progressbar');
  await progress.and(page.locator('[aria-valuenow]')).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Scan stopped; images found so far are kept').waitFor();
  expect(await page.getByText('The server refused').count()).toBe(0);
  await progress.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Rescan' }).click();
  await page.getByText('The library is up to date').waitFor();
  await page.getByTestId('counts').getByText('10,003 images').waitFor();
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  const names = ['fox.png', 'dunes/a.png', 'dunes/b.png', 'harbour/a.png', 'harbour/b.png', 'harbour/c.png'];
  await Promise.all(names.map((name, at) => writePicture(path.join(library, name), { hue: at * 50 })));
  const { page, url } = await openWebApp({
    library,
    server: { dbPath: path.join(folder, 'iib.db'), cacheDir: path.join(folder, 'cache') },
    browser: { colorScheme },
    at: '/folders',
  });
  await imagesDrawn(page);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.goto(`${url}/folders?path=${encodeURIComponent(library)}`);
  await page.getByRole('gridcell', { name: 'fox.png' }).waitFor();
  await page.getByRole('link', { name: 'harbour' }).waitFor();
  await imagesDrawn(page);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  if (colorScheme === 'light') await screenshots(page, 'folders');
  await page.setViewportSize({ width: 360, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
