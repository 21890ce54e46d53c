import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { createClient } from '@iib-kit/client';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { makeLibrary } from '../helpers/make-library.ts';
import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { imagesDrawn, openWebApp, screenshots } from './helpers/open-web-app.ts';

const scenes = [
  'a red kite flying over white dunes, wind, summer afternoon',
  'a lighthouse on a cliff in a storm, dark waves, lightning',
  'portrait of an old clockmaker in a workshop, brass gears, candle light',
];
const ways = ['watercolor', 'oil painting', 'photo', 'ink drawing', 'pastel', 'wide angle'];
const library = {
  ...Object.fromEntries(
    scenes.flatMap((scene, at) =>
      ways.map((way, number) => [`in/${at}-${number}.png`, `${scene}, ${way}`] as const),
    ),
  ),
  'in/alone.png': '<b>quantum</b> teapot spreadsheet giraffe',
};

async function findGroups(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Find groups' }).click();
  await page.getByText(/^3 groups of 19 images/).waitFor();
}

test('a library is grouped, and a group shows its images', async () => {
  const { page } = await openWebApp({ library, at: '/topics' });
  await page.getByText('No groups yet').waitFor();
  await findGroups(page);
  const cards = page.getByRole('button', { name: /6 images/ });
  expect(await cards.count()).toBe(3);
  await imagesDrawn(page);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await screenshots(page, 'topics');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await cards.first().click();
  await page.getByRole('button', { name: 'All groups' }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('article img').length === 6);
  // An image of the group opens over it, and the next one is the next of the group.
  const [first, second] = await page
    .locator('article li img')
    .evaluateAll((images) => images.map((image) => image.getAttribute('alt') ?? ''));
  await page.locator('article li a').first().click();
  await page.waitForURL((url) => url.searchParams.get('image')?.endsWith(`/${first}`) === true);
  await page.getByRole('button', { name: 'Next' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.waitForURL((url) => url.searchParams.get('image')?.endsWith(`/${second}`) === true);
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has('image'));
  await page.goBack();
  await page.getByRole('button', { name: '1 image in no group' }).click();
  await page.getByRole('heading', { name: 'In no group' }).waitFor();
  expect(await page.locator('article img').getAttribute('alt')).toBe('alone.png');
  // The address is the view.
  await page.reload();
  await page.getByRole('heading', { name: 'In no group' }).waitFor();
});

test('groups that no longer hold say so, and are found again', async () => {
  const { page, app, library: folder } = await openWebApp({ library, at: '/topics' });
  await findGroups(page);
  await makeLibrary(folder, { 'in/new.png': `${scenes[0]}, etching` });
  await app.service.library.update();
  await page.reload();
  await page.getByText('Images have changed since.').waitFor();
  await page.getByRole('button', { name: 'Find groups again' }).click();
  await page.getByText(/^3 groups of 20 images/).waitFor();
  expect(await page.getByText('Images have changed since.').count()).toBe(0);
});

test('a model that fails is said in words, and what the view shows stays', async () => {
  const { page } = await openWebApp({
    library,
    at: '/topics',
    server: { ai: { apiKey: 'none', baseUrl: 'http://127.0.0.1:9/v1', retries: 0 } },
  });
  await page.getByRole('button', { name: 'Find groups' }).click();
  await page.getByText('The model could not be used: the model cannot be reached').waitFor();
  await page.getByRole('button', { name: '19 images in no group' }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Find groups again' }).isEnabled()).toBe(true);
});

test('groups that are found before the page looks for the job are shown', async () => {
  const { page, url } = await openWebApp({ library, at: '/topics' });
  await page.route('**/cluster_iib_output_job_start', async (route) => {
    const response = await route.fetch();
    const { job_id: id } = (await response.json()) as { job_id: string };
    const client = createClient({ baseUrl: url });
    await expect
      .poll(async () => (await client.jobs.list({})).jobs.find((job) => job.job_id === id)?.status)
      .toBe('completed');
    await route.fulfill({ response });
  });
  await findGroups(page);
});

test('the tag graph shows what belongs together, by mouse and by keyboard', async () => {
  const { page } = await openWebApp({ library, at: '/topics?part=graph' });
  await page.getByText('The graph is drawn from the groups').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Groups' }).last().click();
  await findGroups(page);
  await page.getByRole('button', { name: 'Tag graph' }).click();
  const graph = page.getByRole('group', { name: 'Tag graph' });
  await graph.getByRole('heading', { name: 'Groups' }).waitFor();
  const nodes = graph.getByRole('button');
  const all = await nodes.count();
  expect(all).toBeGreaterThan(6);
  expect(await graph.locator('svg path').count()).toBeGreaterThan(3);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await screenshots(page, 'tag-graph');
  await nodes.last().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show its images' }).waitFor();
  expect(await nodes.count()).toBeLessThan(all);
  await page.getByRole('button', { name: 'Show its images' }).click();
  await page.waitForFunction(() => document.querySelectorAll('article img').length === 6);
});

test('files are sorted by a plan that can be edited, and brought back', async () => {
  const { page, library: folder } = await openWebApp({
    library,
    at: '/topics?part=organize',
    expectedProblems: /40[34] \(/,
  });
  const destination = path.join(folder, 'sorted');
  await page.getByLabel('Put the new folders into').fill(destination);
  await page.getByRole('button', { name: 'Make a plan' }).click();
  await page.getByText(`19 files would be moved into 4 folders of ${destination}.`).waitFor();
  expect(existsSync(destination)).toBe(false);
  await page.getByLabel('Folder', { exact: true }).first().fill('Mine <b>');
  await page.getByLabel('Leave out').last().check();
  await page.getByText('18 files would be moved into 3 folders').waitFor();
  await page.getByText('6 images', { exact: true }).first().click();
  await page
    .getByText(/→ .*sorted/)
    .first()
    .waitFor();
  // What was edited is there after a look at another part.
  await page.getByRole('button', { name: 'Tag graph' }).click();
  await page.getByRole('button', { name: 'Sort files' }).click();
  await page.getByText('18 files would be moved into 3 folders').waitFor();
  expect(await page.getByLabel('Folder', { exact: true }).first().inputValue()).toBe('Mine <b>');
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await screenshots(page, 'organize');
  await page.getByRole('button', { name: 'Move the files' }).click();
  await page.getByText('18 files were moved.').waitFor();
  expect(readdirSync(destination)).toHaveLength(3);
  expect(readdirSync(path.join(folder, 'in'))).toEqual(['alone.png']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('18 files are back where they were.').waitFor();
  expect(readdirSync(path.join(folder, 'in'))).toHaveLength(19);
  await page.reload();
  await page.getByText('18 files are back where they were.').waitFor();
  await page.getByRole('button', { name: 'Start over' }).click();
  // A destination outside the library is refused where it was entered, and stays there.
  const field = page.getByLabel('Put the new folders into');
  await field.fill('/nowhere/at/all');
  await page.getByRole('button', { name: 'Make a plan' }).click();
  await page.getByRole('alert').waitFor();
  expect(await field.inputValue()).toBe('/nowhere/at/all');
});
