import { rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { makeSampleLibrary } from '@iib-kit/server';
import type { Page, Route } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

import { makeLibrary } from '../helpers/make-library.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { imagesDrawn, openPage, openWebApp, screenshots, serveLibrary } from './helpers/open-web-app.ts';

/** Names and prompts of many images: `000.png`, `001.png`, ... */
function many(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${String(at).padStart(3, '0')}.png`, `image number ${at}`]),
  );
}

/** Gives images a day each, so that `000.png` is the newest; `perDay` of them share one. */
async function setDates(library: string, count: number, perDay: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const date = new Date(Date.UTC(2024, 4, 20 - Math.floor(at / perDay), 12, 0, 59 - (at % perDay)));
    await utimes(path.join(library, `${String(at).padStart(3, '0')}.png`), date, date);
  }
}

/** A grid of 60 images on three days, four in a row. */
async function openGrid(width = 900) {
  const { app, library } = await serveLibrary(many(60), { timeZone: 'UTC' });
  await setDates(library, 60, 20);
  await app.service.library.update();
  const page = await openPage(app.url, { browser: { viewport: { width, height: 700 } } });
  await imagesDrawn(page);
  return { page, app, library };
}

const cell = (page: Page, number: number) =>
  page.locator(`[role=gridcell][aria-label="${String(number).padStart(3, '0')}.png"]`);
const selected = (page: Page) =>
  page
    .locator('[role=gridcell][aria-selected=true]')
    .evaluateAll((cells) =>
      cells.map((element) => Number.parseInt(element.getAttribute('aria-label') ?? '', 10)),
    );
const focusedName = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const columns = async (page: Page) => Number(await page.getAttribute('[role=grid]', 'aria-colcount'));

test('images stand in days, newest first', async () => {
  const { page } = await openGrid();
  const headers = await page.locator('[role=rowheader]').allTextContents();
  expect(headers[0]).toBe('Mon, May 20, 202420 images');
  await page.getByTestId('grid-scroller').evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await cell(page, 59).waitFor();
  expect((await page.locator('[role=rowheader]').allTextContents()).at(-1)).toBe(
    'Sat, May 18, 202420 images',
  );
});

test('keys go everywhere, take along with shift, and keep the focus', async () => {
  const { page } = await openGrid();
  const perRow = await columns(page);
  await cell(page, 0).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect(await focusedName(page)).toBe(`${String(perRow + 1).padStart(3, '0')}.png`);
  await page.keyboard.press('End');
  await cell(page, 59).waitFor();
  expect(await focusedName(page)).toBe('059.png');
  await page.keyboard.press('Home');
  expect(await focusedName(page)).toBe('000.png');
  await page.keyboard.press(' ');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await selected(page)).toEqual([0, 1]);
  await page.keyboard.press('Escape');
  expect(await selected(page)).toEqual([]);
  await page.keyboard.press('Control+a');
  expect((await selected(page)).length).toBeGreaterThan(perRow);
  // Scrolled away by a wheel, the image with the focus still has it.
  await page.getByTestId('grid-scroller').evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await cell(page, 59).waitFor();
  expect(await focusedName(page)).toBe('001.png');
  await page.keyboard.press('ArrowRight');
  expect(await focusedName(page)).toBe('002.png');
  // Another width draws all rows anew.
  await page.setViewportSize({ width: 500, height: 700 });
  await expect.poll(() => columns(page)).toBeLessThan(perRow);
  expect(await focusedName(page)).toBe('002.png');
});

test('only one image is a stop of the tab key', async () => {
  const { page } = await openGrid();
  expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
  await cell(page, 3).focus();
  expect(await page.locator('[role=gridcell][tabindex="0"]').getAttribute('aria-label')).toBe('003.png');
});

test('when the last images go, the one that is last then is the stop of the tab key', async () => {
  const { page, library, app } = await openGrid();
  await cell(page, 0).focus();
  await page.keyboard.press('End');
  await cell(page, 59).waitFor();
  await imagesDrawn(page);
  await Promise.all([57, 58, 59].map((number) => rm(path.join(library, `0${number}.png`))));
  await app.service.library.update();
  await page.getByTestId('counts').getByText('57 images').waitFor();
  await expect.poll(() => focusedName(page)).toBe('056.png');
  await page.keyboard.press('ArrowLeft');
  expect(await focusedName(page)).toBe('055.png');
});

test('clicks select with ctrl and shift, on the mark, and all once one is selected', async () => {
  const { page } = await openGrid();
  await cell(page, 1).click({ modifiers: ['Control'] });
  await cell(page, 4).click({ modifiers: ['Shift'] });
  expect(await selected(page)).toEqual([1, 2, 3, 4]);
  await cell(page, 2).click();
  expect(await selected(page)).toEqual([1, 3, 4]);
  await page.keyboard.press('Escape');
  await cell(page, 5).hover();
  await cell(page, 5).locator('[data-check]').click();
  expect(await selected(page)).toEqual([5]);
});

test('a box drawn with the mouse selects what it touches, with ctrl in addition', async () => {
  const { page } = await openGrid();
  const perRow = await columns(page);
  const centre = async (number: number) => {
    const box = await cell(page, number).boundingBox();
    return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  };
  const draw = async (from: number, to: number) => {
    const [start, end] = [await centre(from), await centre(to)];
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
    await page.mouse.move(end.x, end.y);
    await page.mouse.up();
  };
  await draw(0, perRow + 1);
  expect(await selected(page)).toEqual([0, 1, perRow, perRow + 1]);
  await page.keyboard.down('Control');
  await draw(3, perRow + 2);
  await page.keyboard.up('Control');
  expect(await selected(page)).toEqual([0, 1, 2, 3, perRow, perRow + 1, perRow + 2, perRow + 3]);
  await draw(3, 2);
  expect(await selected(page)).toEqual([2, 3]);
});

test('a box that is drawn to the edge takes the list along', async () => {
  const { page } = await openGrid();
  const start = await cell(page, 1).boundingBox();
  const area = await page.getByTestId('grid-scroller').boundingBox();
  if (start === null || area === null) throw new Error('the grid is not in sight');
  const edge = area.y + area.height - 4;
  await page.mouse.move(start.x + 10, start.y + 10);
  await page.mouse.down();
  await page.mouse.move(start.x + 20, edge - 100);
  await page.mouse.move(start.x + 20, edge);
  const perRow = await columns(page);
  // One column of each of the rows that it passes, and those far below the window are among them.
  await page.waitForFunction(
    (least) => Number.parseInt(/(\d+) selected/.exec(document.body.innerText)?.[1] ?? '', 10) >= least,
    Math.floor(50 / perRow),
  );
  await page.mouse.up();
  await page.getByTestId('grid-scroller').evaluate((element) => element.scrollTo(0, 0));
  await expect.poll(async () => (await selected(page)).slice(0, 2)).toEqual([1, 1 + perRow]);
});

test('new images appear by themselves, without moving what is looked at or what is selected', async () => {
  const { page, library, app } = await openGrid();
  await page.getByTestId('grid-scroller').evaluate((element) => element.scrollTo(0, 900));
  await cell(page, 30).waitFor();
  await cell(page, 30).click({ modifiers: ['Control'] });
  const before = await cell(page, 30).boundingBox();
  await makeLibrary(library, { 'new.png': 'new' });
  const newest = new Date(Date.UTC(2024, 4, 20, 13));
  await utimes(path.join(library, 'new.png'), newest, newest);
  await app.service.library.update();
  await page.getByTestId('counts').getByText('61 images').waitFor();
  await page.waitForTimeout(300);
  expect(await cell(page, 30).boundingBox()).toEqual(before);
  expect(await selected(page)).toEqual([30]);
  expect(await focusedName(page)).toBe('030.png');
  await page.getByTestId('grid-scroller').evaluate((element) => element.scrollTo(0, 0));
  await page.locator('[role=gridcell][aria-label="new.png"]').waitFor();
});

test('an image that comes while the first ones are read stands where it belongs', async () => {
  const { app, library } = await serveLibrary(many(6), { timeZone: 'UTC', watch: false });
  await setDates(library, 6, 2);
  await app.service.library.update();
  const page = await openPage(`${app.url}/settings`);
  const gate = () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { open, hold: (route: Route) => opened.then(() => route.continue()) };
  };
  const [layout, events] = [gate(), gate()];
  await page.route('**/db/search_layout', layout.hold);
  await page.route(/\/events(\?|$)/, events.hold);
  const begin = page.waitForResponse('**/db/search');
  await page.goto(app.url);
  await (await begin).finished();
  await makeLibrary(library, { 'new.png': 'new' });
  const newest = new Date(Date.UTC(2024, 4, 20, 13));
  await utimes(path.join(library, 'new.png'), newest, newest);
  await app.service.library.update();
  layout.open();
  await cell(page, 5).waitFor();
  events.open();
  const names = () =>
    page
      .locator('[role=gridcell]')
      .evaluateAll((cells) => cells.map((element) => element.getAttribute('aria-label')));
  await expect.poll(names).toEqual(['new.png', ...[0, 1, 2, 3, 4, 5].map((number) => `00${number}.png`)]);
});

test('a file that vanished and one that cannot be drawn say so', async () => {
  const { app, library } = await serveLibrary({ 'a.png': 'a', 'b.png': 'b', 'c.png': 'c' }, { watch: false });
  await rm(path.join(library, 'a.png'));
  await writeFile(path.join(library, 'b.png'), 'no image');
  const page = await openPage(app.url, { expectedProblems: /Failed to load resource/ });
  await page.waitForFunction(() => document.body.textContent?.split('Preview unavailable').length === 3);
  await page.waitForFunction(() => document.querySelectorAll('img[data-drawn=true]').length === 1);
  expect(await page.locator('[role=gridcell]').count()).toBe(3);
});

test('a video shows its name in place of the cover where the server reads no videos', async () => {
  const { app, library } = await serveLibrary({ 'a.png': 'a' }, { watch: false });
  await writeFile(path.join(library, 'clip.mp4'), '\0\0\0\x18ftypisom\0\0\x02\0isomiso2');
  await app.service.library.update();
  const page = await openPage(`${app.url}/settings`, { expectedProblems: /Failed to load resource/ });
  const detail = 'the server cannot read videos';
  await page.route('**/video_cover?*', (route) => route.fulfill({ status: 501, json: { detail } }));
  await page.goto(app.url);
  const cell = page.getByRole('gridcell', { name: 'clip.mp4' });
  await cell.getByText('Preview unavailable').waitFor();
  expect(await cell.getByText('clip.mp4').isVisible()).toBe(true);
});

test('names and prompts are text, whatever they hold', async () => {
  const { page } = await openWebApp({
    library: {
      '<img src=x onerror=alert(1)>.png': '<script>document.title = "owned"</script><b id=bold>x</b>',
    },
  });
  let alerts = 0;
  page.on('dialog', (dialog) => {
    alerts += 1;
    void dialog.dismiss();
  });
  await imagesDrawn(page);
  await page.goto(`${page.url()}?q=${encodeURIComponent('"<b id=bold>"')}`);
  await imagesDrawn(page);
  expect(await page.locator('[role=gridcell]').getAttribute('aria-label')).toBe(
    '<img src=x onerror=alert(1)>.png',
  );
  expect([await page.title(), alerts, await page.locator('#bold').count()]).toEqual(['iib-kit', 0, 0]);
});

test('coming back from another view, the list is where it was', async () => {
  const { page } = await openGrid();
  await page.getByTestId('grid-scroller').evaluate((element) => element.scrollTo(0, 900));
  await cell(page, 30).waitFor();
  const before = await cell(page, 30).boundingBox();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Theme').waitFor();
  await page.goBack();
  await cell(page, 30).waitFor();
  expect(await cell(page, 30).boundingBox()).toEqual(before);
});

test('the sample library, filtered, with a selection, in both themes', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  await makeSampleLibrary(library);
  const { page } = await openWebApp({
    library,
    server: { dbPath: path.join(folder, 'iib.db'), cacheDir: path.join(folder, 'cache') },
    at: `/?q=${encodeURIComponent('-sampler:DDIM')}`,
  });
  await imagesDrawn(page);
  for (const at of [1, 2])
    await page
      .getByRole('gridcell')
      .nth(at)
      .click({ modifiers: ['Control'] });
  await page.getByText('2 selected').waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Search' }).hover();
  await screenshots(page, 'grid');
});

test('axe finds nothing in a grid with a selection', async () => {
  const { page } = await openGrid();
  await cell(page, 1).click({ modifiers: ['Control'] });
  expect(await findAccessibilityProblems(page)).toEqual([]);
});
