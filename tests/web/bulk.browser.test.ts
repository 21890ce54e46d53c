import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { launchApp } from '@iib-kit/server';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { openPage, serveLibrary } from './helpers/open-web-app.ts';

const four = { 'a.png': 'a fox', 'b.png': 'a boat', 'c.png': 'a kite', 'sub/d.png': 'a hill' };

// A picture may be asked for in the moment in which its file goes elsewhere.
const goneMeanwhile = /404 .*\/image-thumbnail\?/;

async function openSelected(
  images: Readonly<Record<string, string>> = four,
  expectedProblems: RegExp = goneMeanwhile,
) {
  const served = await serveLibrary(images);
  const page = await openPage(served.app.url, { expectedProblems });
  await page.getByRole('gridcell').first().waitFor();
  await page.getByRole('gridcell').first().focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('toolbar', { name: 'Selection' }).waitFor();
  const post = async (route: string, data: object) =>
    (await page.request.post(served.app.url + route, { data })).json() as Promise<unknown>;
  return { ...served, page, post };
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name }).click();
}

test('all that is selected gets a tag, loses it, and is rated', async () => {
  const { page, library, post } = await openSelected();
  await page.getByText('4 selected').waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Add tag', exact: true }).click();
  await page.getByRole('combobox', { name: 'Tag name' }).fill('winter');
  await page.keyboard.press('Enter');
  await page.getByText('4 images tagged').waitFor();
  const paths = Object.keys(four).map((name) => path.join(library, name));
  expect(Object.keys((await post('/db/get_image_tags', { paths })) as object).sort()).toEqual(paths);
  await choose(page, 'Remove tag');
  await page.getByRole('combobox', { name: 'Tag name' }).fill('winter');
  await page.keyboard.press('Enter');
  await page.getByText('Tag removed from 4 images').waitFor();
  expect(await post('/db/get_image_tags', { paths })).toEqual({});
  await page.getByRole('toolbar').getByRole('button', { name: 'Rate' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '3 stars' }).click();
  await page.getByText('4 images rated').waitFor();
  const marks = (await post('/db/marks', { paths })) as Record<string, { rating: number }>;
  expect(paths.map((file) => marks[file]?.rating)).toEqual([3, 3, 3, 3]);
});

test('to the trash, and back by undo', async () => {
  const { page, library } = await openSelected();
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('4 images moved to trash').waitFor();
  expect((await readdir(library)).filter((name) => name.endsWith('.png'))).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('4 images restored').waitFor();
  expect((await readdir(library)).filter((name) => name.endsWith('.png')).sort()).toEqual([
    'a.png',
    'b.png',
    'c.png',
  ]);
  await page.getByRole('gridcell', { name: 'a.png' }).waitFor();
});

test('new names by a pattern, with a preview, in the order of the list', async () => {
  const { page, library } = await openSelected({ 'a.png': 'a fox', 'b.png': 'a boat' });
  const first = await page.getByRole('gridcell').first().getAttribute('aria-label');
  await choose(page, 'Rename');
  const pattern = page.getByLabel('File name pattern');
  await pattern.fill('same');
  await page.getByText('All files would get the same name').waitFor();
  await pattern.fill('fox {n:3} {name}');
  await page.getByLabel('Start number').fill('7');
  await page.getByRole('list', { name: 'Preview' }).getByText(`fox 007 ${first}`).waitFor();
  await pattern.press('Enter');
  await page.getByText('2 images renamed').waitFor();
  const second = first === 'a.png' ? 'b.png' : 'a.png';
  expect((await readdir(library)).sort()).toEqual([`fox 007 ${first}`, `fox 008 ${second}`]);
});

test('moved to a new folder; what failed is told with the reason', async () => {
  const { page, library } = await openSelected();
  // It vanishes behind the back of the index.
  await rm(path.join(library, 'b.png'));
  await page.getByRole('toolbar').getByRole('button', { name: 'Move' }).click();
  // Its own line: what lies in it belongs to the item, too, and the newest image lies in a folder below.
  await page.getByRole('treeitem', { name: 'library' }).getByText('library', { exact: true }).click();
  await page.getByRole('treeitem', { name: 'library', selected: true }).waitFor();
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByLabel('Folder name').fill('best');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('treeitem', { name: 'best', selected: true }).waitFor();
  await page.getByRole('button', { name: 'Move here' }).click();
  await page.getByText(/3 images moved/).waitFor();
  await page.getByText('1 failed').waitFor();
  await page
    .getByRole('list', { name: 'Errors' })
    .getByText(/b\.png/)
    .waitFor();
  expect((await readdir(path.join(library, 'best'))).sort()).toEqual(['a.png', 'c.png', 'd.png']);
});

test('while the server is away it waits, and goes on when it is back', async () => {
  const { page, app, library, folder } = await openSelected(four, /ERR_|Failed to load/);
  // The part of the page that shows progress is fetched when it is first needed, at the latest.
  await page.getByRole('toolbar').getByRole('button', { name: 'Rate' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '3 stars' }).click();
  await page.getByText('4 images rated').waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Add tag', exact: true }).click();
  await page.getByRole('combobox', { name: 'Tag name' }).fill('winter');
  await app.close();
  await page.keyboard.press('Enter');
  const progress = page.getByRole('region', { name: 'Progress' });
  await progress.getByText(/^Waiting for the server/).waitFor();
  const again = await launchApp({
    port: Number(new URL(app.url).port),
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  onTestFinished(() => again.close());
  await page.getByText('4 images tagged').waitFor();
  expect(await page.getByRole('gridcell', { selected: true }).count()).toBe(4);
});

test('as an archive', async () => {
  const { page } = await openSelected();
  const download = page.waitForEvent('download');
  await choose(page, 'Download as ZIP');
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  await page.getByText('4 images downloaded').waitFor();
});

test('two are compared', async () => {
  const { page, app } = await openSelected({ 'a.png': 'a fox', 'b.png': 'a boat' });
  await choose(page, 'Compare');
  await page.waitForURL(`${app.url}/compare?left=*`);
  await page.getByRole('slider').waitFor();
  const { searchParams } = new URL(page.url());
  expect(
    [searchParams.get('left'), searchParams.get('right')].map((file) => path.basename(file ?? '')).sort(),
  ).toEqual(['a.png', 'b.png']);
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
  const served = await serveLibrary(four);
  const page = await openPage(served.app.url, { browser: { colorScheme } });
  await page.getByRole('gridcell').first().waitFor();
  await page.getByRole('gridcell').first().focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('toolbar', { name: 'Selection' }).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await choose(page, 'Rename');
  await page.getByLabel('File name pattern').waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
});
