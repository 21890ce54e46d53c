import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { imagesDrawn, openWebApp } from './helpers/open-web-app.ts';

const animals = {
  'a.png': 'a fox in the snow',
  'b.png': 'a wolf in the snow',
  'c.png': 'a fox by the sea <lora:ink:1>',
  'd.jpg': 'a boat at sea',
};

const names = (page: Page) =>
  page
    .locator('[role=gridcell]')
    .evaluateAll((cells) =>
      cells.map((cell) => cell.getAttribute('aria-label') ?? '').sort((a, b) => a.localeCompare(b)),
    );
const box = (page: Page) => page.getByRole('combobox', { name: 'Search' });
const queryOf = (page: Page) => new URL(page.url()).searchParams.get('q');

/** The images that are shown, when they are these or nothing changes any more. */
async function shows(page: Page, expected: string[]): Promise<void> {
  await expect.poll(() => names(page)).toEqual(expected);
}

test('results come as one types, stand in the address, and back leads to the search before', async () => {
  const { page } = await openWebApp({ library: animals });
  await shows(page, ['a.png', 'b.png', 'c.png', 'd.jpg']);
  await box(page).pressSequentially('fox');
  await shows(page, ['a.png', 'c.png']);
  expect(queryOf(page)).toBe('fox');
  await box(page).press('Enter');
  await box(page).fill('boat');
  await box(page).press('Enter');
  await shows(page, ['d.jpg']);
  await page.goBack();
  await shows(page, ['a.png', 'c.png']);
  expect(await box(page).inputValue()).toBe('fox');
});

test('who types faster than results come loses no letter, and back still leads to what was there before', async () => {
  const { page } = await openWebApp({ library: animals });
  await shows(page, ['a.png', 'b.png', 'c.png', 'd.jpg']);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  for (const delay of [0, 5, 20, 45]) {
    await box(page).fill('');
    await expect.poll(() => queryOf(page)).toBeNull();
    await box(page).pressSequentially('a fox in the snow', { delay });
    await expect.poll(() => queryOf(page)).toBe('a fox in the snow');
    await shows(page, ['a.png']);
    expect(await box(page).inputValue()).toBe('a fox in the snow');
  }
  // Typed, taken away and typed again: what is gone back to is no echo of the typing.
  await box(page).fill('');
  await box(page).press('Enter');
  await expect.poll(() => queryOf(page)).toBeNull();
  await box(page).pressSequentially('sea');
  await shows(page, ['c.png', 'd.jpg']);
  await box(page).fill('');
  await shows(page, ['a.png', 'b.png', 'c.png', 'd.jpg']);
  await box(page).pressSequentially('wolf');
  await shows(page, ['b.png']);
  await page.goBack();
  await shows(page, ['a.png', 'b.png', 'c.png', 'd.jpg']);
  expect(await box(page).inputValue()).toBe('');
});

test('a link with a search opens it; nothing found is said, with a way out', async () => {
  const { page, url } = await openWebApp({ library: animals, at: '?q=wolf' });
  await shows(page, ['b.png']);
  await page.goto(`${url}?q=submarine`);
  await page.getByText('No images match “submarine”.').waitFor();
  await page.getByRole('link', { name: 'Show all images' }).click();
  await shows(page, ['a.png', 'b.png', 'c.png', 'd.jpg']);
  expect(queryOf(page)).toBeNull();
});

test('fields and their values are completed, by keys and by mouse', async () => {
  const { page } = await openWebApp({ library: animals });
  await box(page).pressSequentially('lor');
  await page.getByRole('option', { name: 'lora:' }).waitFor();
  await box(page).press('ArrowDown');
  await box(page).press('Enter');
  expect(await box(page).inputValue()).toBe('lora:');
  await page.getByRole('option', { name: 'ink' }).click();
  expect(await box(page).inputValue()).toBe('lora:ink ');
  await shows(page, ['c.png']);
  expect(await findAccessibilityProblems(page)).toEqual([]);
});

test('what is wrong in a query is shown under its word, and the images before stay', async () => {
  const { page } = await openWebApp({ library: animals, expectedProblems: /400 \(Bad Request\)/ });
  await box(page).pressSequentially('fox');
  await shows(page, ['a.png', 'c.png']);
  await box(page).pressSequentially(' steps>many');
  await page.locator('mark').waitFor();
  expect(await page.locator('mark').textContent()).toBe('steps>many');
  await page.getByText('"many" is not a number: steps: takes one such as 512').waitFor();
  await shows(page, ['a.png', 'c.png']);
  await box(page).fill('fox steps>10');
  await page.locator('mark').waitFor({ state: 'detached' });
});

test('filters are added in dialogs, shown as chips, turned and taken away', async () => {
  const { page } = await openWebApp({ library: animals });
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('menuitem', { name: 'Tag' }).click();
  await page.getByLabel('Find').fill('in the');
  await page.getByLabel('Find').fill('');
  await page.getByLabel('Match any').check();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: /^a boat at sea/ }).check();
  await dialog.getByRole('checkbox', { name: /^a wolf in the snow/ }).check();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await shows(page, ['b.png', 'd.jpg']);
  expect(queryOf(page)).toBe('(tag="a boat at sea" OR tag="a wolf in the snow")');

  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('menuitem', { name: 'Media type' }).click();
  await page.getByRole('button', { name: 'Videos' }).click();
  await page.getByText('No results').waitFor();
  await page.getByRole('button', { name: 'Media type: video', exact: true }).click();
  await shows(page, ['b.png', 'd.jpg']);
  await page.getByRole('button', { name: 'Remove not Media type: video' }).click();
  await page.getByRole('button', { name: /^Remove tag=/ }).click();
  await shows(page, ['a.png', 'b.png', 'c.png', 'd.jpg']);
});

test('exact text and regular expressions are looked for as they are', async () => {
  const { page } = await openWebApp({ library: animals });
  await page.getByRole('button', { name: 'Search mode' }).click();
  await page.getByRole('menuitemradio', { name: 'Regular expression' }).click();
  await box(page).pressSequentially(String.raw`^[ad]\.`);
  await shows(page, ['a.png', 'd.jpg']);
  await page.getByRole('button', { name: 'Search mode' }).click();
  await page.getByRole('menuitemradio', { name: 'Exact text' }).click();
  await box(page).fill('<lora:ink');
  await shows(page, ['c.png']);
  expect(new URL(page.url()).searchParams.get('mode')).toBe('text');
});

test('meaning is looked for on the machine, and images like one', async () => {
  const { page, url, library } = await openWebApp({ library: animals });
  await page.getByRole('button', { name: 'Search mode' }).click();
  await page.getByRole('menuitemradio', { name: 'Meaning' }).click();
  await box(page).fill('fox snow');
  await box(page).press('Enter');
  await expect
    .poll(async () => (await page.locator('[role=gridcell]').first().getAttribute('aria-label')) ?? '')
    .toBe('a.png');
  await page.goto(`${url}?mode=similar&q=${encodeURIComponent(`${library}/a.png`)}`);
  await page.getByText('Similar to a.png').waitFor();
  await expect.poll(() => names(page)).not.toContain('a.png');
  await page.goto(`${url}?mode=duplicates&q=${encodeURIComponent(`${library}/a.png`)}`);
  await page.getByText('Near duplicates of a.png').waitFor();
});

test('a search is kept, opened again, and removed with a way back', async () => {
  const { page } = await openWebApp({ library: animals, at: '?q=fox' });
  await shows(page, ['a.png', 'c.png']);
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByLabel('Search name').fill('my foxes');
  await page.getByRole('button', { name: 'Save search' }).click();
  await page.getByRole('link', { name: /^my foxes/ }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await shows(page, ['a.png', 'b.png', 'c.png', 'd.jpg']);
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByRole('link', { name: /^my foxes/ }).click();
  await shows(page, ['a.png', 'c.png']);
  expect(queryOf(page)).toBe('fox');
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByRole('button', { name: 'Remove my foxes' }).click();
  await page.getByText('No saved searches yet').waitFor();
});

test('orders and a random one are chosen, and months jumped to', async () => {
  const { page } = await openWebApp({ library: animals });
  await page.getByRole('button', { name: 'Sort', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'By name' }).click();
  await expect
    .poll(() =>
      page
        .locator('[role=gridcell]')
        .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label'))),
    )
    .toEqual(['a.png', 'b.png', 'c.png', 'd.jpg']);
  expect(await page.locator('[role=rowheader]').count()).toBe(0);
  await page.getByRole('button', { name: 'Shuffle' }).click();
  await shows(page, ['a.png', 'b.png', 'c.png', 'd.jpg']);
  expect(new URL(page.url()).searchParams.get('sort')).toBe('random');
});

test('from another view a search leads to the images', async () => {
  const { page, url } = await openWebApp({ library: animals, at: '/settings' });
  await box(page).fill('wolf');
  await box(page).press('Enter');
  await imagesDrawn(page);
  await shows(page, ['b.png']);
  expect(page.url()).toBe(`${url}?q=wolf`);
});
