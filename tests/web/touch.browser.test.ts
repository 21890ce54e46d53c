import path from 'node:path';

import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { imagesDrawn, openPage, serveLibrary } from './helpers/open-web-app.ts';
import { touch, wayOf } from './helpers/touch.ts';
import { writePicture } from './helpers/write-picture.ts';

const names = ['fox.png', 'owl.png', 'boat.png'];

/** Three images, newest first, on a tablet. */
async function openTablet(at = '') {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  await Promise.all(
    names.map((name, place) =>
      writePicture(path.join(library, name), { width: 1600, height: 1200, hue: place * 90, day: 12 - place }),
    ),
  );
  const { app } = await serveLibrary(library, {
    timeZone: 'UTC',
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  const page = await openPage(`${app.url}${at}`, {
    browser: { viewport: { width: 800, height: 600 }, hasTouch: true, isMobile: true },
  });
  await imagesDrawn(page);
  return page;
}

const shownName = (page: Page) => page.getByRole('dialog').first().getAttribute('aria-label');
const shown = (page: Page, name: string) => page.locator(`[role=dialog][aria-label="${name}"]`).waitFor();
const drawn = (page: Page) => page.locator('[data-testid=stage] img[data-drawn=true]').waitFor();
const scale = async (page: Page) =>
  Number.parseInt((await page.getByRole('group', { name: 'Zoom' }).innerText()).replace(/\D+/g, ' '), 10);

/** The middle of what is found. */
async function middle(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not in sight`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const middleOf = (page: Page, name: string) => middle(page, `[role=gridcell][aria-label="${name}"]`);

const selected = (page: Page) =>
  page
    .locator('[role=gridcell][aria-selected=true]')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label')));

test('a finger that rests on an image selects it, then a tap selects, and a tap alone opens', async () => {
  const page = await openTablet();
  await touch(page, [[await middleOf(page, 'owl.png')]], { rest: 700 });
  expect(await selected(page)).toEqual(['owl.png']);
  // The click that a finger leaves behind is over.
  await page.waitForTimeout(800);
  const fox = await middleOf(page, 'fox.png');
  await page.touchscreen.tap(fox.x, fox.y);
  await page.waitForFunction(() => document.querySelectorAll('[aria-selected=true]').length === 2);
  expect(await selected(page)).toEqual(['fox.png', 'owl.png']);
  await page.touchscreen.tap(fox.x, fox.y);
  const owl = await middleOf(page, 'owl.png');
  await page.touchscreen.tap(owl.x, owl.y);
  await page.waitForFunction(() => document.querySelectorAll('[aria-selected=true]').length === 0);
  await page.touchscreen.tap(owl.x, owl.y);
  await shown(page, 'owl.png');
});

test('a finger draws the next image in, and the one before; not when it goes up', async () => {
  const page = await openTablet();
  await page.getByRole('gridcell', { name: 'owl.png' }).tap();
  await shown(page, 'owl.png');
  await drawn(page);
  const { x, y } = await middle(page, '[data-testid=stage]');
  const draw = (toX: number, toY: number) =>
    touch(
      page,
      wayOf({ x, y }, { x: x + toX, y: y + toY }).map((point) => [point]),
    );
  await draw(0, -150);
  await draw(-20, 0);
  expect(await shownName(page)).toBe('owl.png');
  await draw(-150, 10);
  await shown(page, 'boat.png');
  await drawn(page);
  await draw(150, -10);
  await shown(page, 'owl.png');
});

test('two fingers zoom, and one moves what is larger than the screen', async () => {
  const page = await openTablet();
  await page.getByRole('gridcell', { name: 'owl.png' }).tap();
  await drawn(page);
  const before = await scale(page);
  const { x, y } = await middle(page, '[data-testid=stage]');
  const left = wayOf({ x: x - 40, y }, { x: x - 160, y });
  const right = wayOf({ x: x + 40, y }, { x: x + 160, y });
  await touch(
    page,
    left.map((point, at) => [point, right[at] ?? point]),
  );
  await page.waitForFunction(
    (least) => Number.parseInt(document.querySelector('[role=group]')?.textContent ?? '', 10) > least,
    0,
  );
  const zoomed = await scale(page);
  expect(zoomed / before).toBeGreaterThan(2);
  const place = () =>
    page
      .locator('[data-testid=stage] img[data-drawn=true]')
      .evaluate((image) => image.getBoundingClientRect().x);
  const start = await place();
  await touch(
    page,
    wayOf({ x, y }, { x: x + 90, y }).map((point) => [point]),
  );
  expect((await place()) - start).toBeCloseTo(90, 0);
  // It was moved, not drawn aside.
  expect(await shownName(page)).toBe('owl.png');
});
