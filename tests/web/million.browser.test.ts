import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { openPage, serveLibrary } from './helpers/open-web-app.ts';

const IMAGES = 3_000_000;
const PER_DAY = 1000;
const BLOCK = 200;
const LAST_DAY = Date.UTC(2024, 11, 31);

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQImWP4z8AAAAMBAQCc479ZAAAAAElFTkSuQmCC',
  'base64',
);

/** The answers of a server with millions of images, which would take hours to make. */
async function pretendMillions(page: Page): Promise<void> {
  const dayOf = (index: number) => new Date(LAST_DAY - Math.floor(index / PER_DAY) * 86_400_000);
  const blocks = Array.from({ length: IMAGES / BLOCK }, (_, at) => ({
    date: dayOf(at * BLOCK)
      .toISOString()
      .slice(0, 10),
    count: BLOCK,
    cursor: String(at * BLOCK),
  }));
  await page.route('**/db/search_layout', (route) =>
    route.fulfill({ json: { count: IMAGES, blocks, unavailable: [] } }),
  );
  await page.route('**/db/search', (route) => {
    const { cursor, size } = route.request().postDataJSON() as { cursor: string; size: number };
    const files = Array.from({ length: size }, (_, at) => {
      const index = Number(cursor) + at;
      const date = dayOf(index).getTime() / 1000;
      const name = `${index}.png`;
      return {
        type: 'file',
        id: index + 1,
        date,
        created_time: date,
        created_date: date,
        size: '1 KB',
        bytes: 1024,
        name,
        fullpath: `/library/${name}`,
        is_under_scanned_path: true,
      };
    });
    return route.fulfill({ json: { files, cursor: { has_next: true, next: 'x' }, unavailable: [] } });
  });
  await page.route('**/image-thumbnail?*', (route) =>
    route.fulfill({ contentType: 'image/png', body: pixel }),
  );
}

async function openMillions() {
  const { app } = await serveLibrary({});
  const page = await openPage(`${app.url}/settings`, { browser: { viewport: { width: 400, height: 700 } } });
  await pretendMillions(page);
  await page.goto(app.url);
  await cell(page, 0).waitFor();
  return page;
}

const cell = (page: Page, index: number) => page.locator(`[role=gridcell][aria-label="${index}.png"]`);
const scroller = (page: Page) => page.getByTestId('grid-scroller');
/** What was scrolled has been drawn. */
const framesDrawn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  );
const topOf = async (page: Page, index: number) => (await cell(page, index).boundingBox())?.y ?? Number.NaN;

test('three million images are one list, from the first to the last, with few nodes', async () => {
  const page = await openMillions();
  expect(await page.getAttribute('[role=grid]', 'aria-rowcount')).toBe('1500000');
  const height = await scroller(page).evaluate((element) => element.scrollHeight);
  expect(height).toBe(12_000_000);

  await scroller(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await cell(page, IMAGES - 1).waitFor();
  await scroller(page).evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  // In the middle of the bar is the middle of the list.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[role=gridcell]')].some(
      (element) => Math.abs(Number.parseInt(element.getAttribute('aria-label') ?? '', 10) - 1_500_000) < 1000,
    ),
  );
  expect(await page.locator('[role=gridcell]').count()).toBeLessThan(60);

  await scroller(page).evaluate((element) => element.scrollTo(0, 0));
  await cell(page, 0).waitFor();
  await cell(page, 0).focus();
  await page.keyboard.press('End');
  await cell(page, IMAGES - 1).waitFor();
  await page.keyboard.press('ArrowUp');
  await cell(page, IMAGES - 3).waitFor();
  await page.keyboard.press('Control+a');
  expect(await cell(page, IMAGES - 3).getAttribute('aria-selected')).toBe('true');
});

test('who leaves the image that has the focus and comes back finds it there, at every distance', async () => {
  const page = await openMillions();
  const there = async (label: string) => {
    for (const distance of [500, 1500, 100_000, 6_000_000]) {
      for (const target of [distance, 0, distance, 4000, 0]) {
        await scroller(page).evaluate((element, y) => element.scrollTo(0, y), target);
        await framesDrawn(page);
        const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
        expect(focused, `${distance}, scrolled to ${target}`).toBe(label);
      }
    }
  };
  await cell(page, 0).focus();
  await there('0.png');
  for (let row = 0; row < 20; row += 1) await page.keyboard.press('ArrowDown');
  await there('40.png');
});

test('in the middle of it a wheel moves it pixel by pixel, and it stays where it comes to rest', async () => {
  const page = await openMillions();
  await scroller(page).evaluate((element) => element.scrollTo(0, 4_000_000));
  // Those of the beginning are there until those of the middle are.
  await cell(page, 4).waitFor({ state: 'detached' });
  const label = await page
    .locator('[role=gridcell]:has(img[data-drawn=true])')
    .nth(4)
    .getAttribute('aria-label');
  const index = Number.parseInt(label ?? '', 10);
  const before = await topOf(page, index);
  await scroller(page).evaluate((element) => element.scrollBy(0, 130));
  await expect.poll(() => topOf(page, index)).toBeCloseTo(before - 130, 0);
  // When it is still, the bar is set right, which moves nothing.
  await page.waitForTimeout(400);
  expect(Math.abs((await topOf(page, index)) - (before - 130))).toBeLessThan(1);
});

test('a month is jumped to', async () => {
  const page = await openMillions();
  await page.getByRole('button', { name: 'Jump to month' }).click();
  await page.getByRole('menuitem', { name: 'November 2023' }).click();
  // From 31 December 2024 back to 30 November 2023 there are 397 days.
  await cell(page, 397 * PER_DAY).waitFor();
  expect(await page.locator('[role=gridcell][tabindex="0"]').getAttribute('aria-label')).toBe(
    `${397 * PER_DAY}.png`,
  );
});
