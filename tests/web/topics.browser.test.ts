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

async function findTopics(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Find topics' }).click();
  await page.getByText(/^3 topics in 19 images/).waitFor();
}

test('topics are found, and a topic shows its images', async () => {
  const { page } = await openWebApp({ library, at: '/topics' });
  await page.getByText('No topics yet').waitFor();
  await findTopics(page);
  const cards = page.getByRole('button', { name: /6 images/ });
  expect(await cards.count()).toBe(3);
  await imagesDrawn(page);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await screenshots(page, 'topics');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await cards.first().click();
  await page.getByRole('button', { name: 'All topics' }).waitFor();
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
  await page.getByRole('button', { name: '1 image without topic' }).click();
  await page.getByRole('heading', { name: 'Without topic' }).waitFor();
  expect(await page.locator('article img').getAttribute('alt')).toBe('alone.png');
  // The address is the view.
  await page.reload();
  await page.getByRole('heading', { name: 'Without topic' }).waitFor();
});

test('topics that no longer hold say so, and are found again', async () => {
  const { page, app, library: folder } = await openWebApp({ library, at: '/topics' });
  await findTopics(page);
  await makeLibrary(folder, { 'in/new.png': `${scenes[0]}, etching` });
  await app.service.library.update();
  await page.reload();
  await page.getByText('Images have changed since then.').waitFor();
  await page.getByRole('button', { name: 'Find topics again' }).click();
  await page.getByText(/^3 topics in 20 images/).waitFor();
  expect(await page.getByText('Images have changed since then.').count()).toBe(0);
});

test('a model that fails is said in words, and what the view shows stays', async () => {
  const { page } = await openWebApp({
    library,
    at: '/topics',
    server: { ai: { apiKey: 'none', baseUrl: 'http://127.0.0.1:9/v1', retries: 0 } },
  });
  await page.getByRole('button', { name: 'Find topics' }).click();
  await page.getByText('The model could not be used: the model cannot be reached').waitFor();
  await page.getByRole('button', { name: '19 images without topic' }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Find topics again' }).isEnabled()).toBe(true);
});

test('topics that are found before the page looks for the job are shown', async () => {
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
  await findTopics(page);
});

test('the tag graph shows what belongs together, by mouse and by keyboard', async () => {
  const { page } = await openWebApp({ library, at: '/topics?part=graph' });
  await page.getByText('The tag graph is built from topics').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Topics' }).last().click();
  await findTopics(page);
  await page.getByRole('button', { name: 'Tag graph' }).click();
  const graph = page.getByRole('group', { name: 'Tag graph' });
  await graph.getByRole('heading', { name: 'Topics' }).waitFor();
  const nodes = graph.getByRole('button');
  const all = await nodes.count();
  expect(all).toBeGreaterThan(6);
  expect(await graph.locator('svg path').count()).toBeGreaterThan(3);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await screenshots(page, 'tag-graph');
  await nodes.last().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show images' }).waitFor();
  expect(await nodes.count()).toBeLessThan(all);
  await page.getByRole('button', { name: 'Show images' }).click();
  await page.waitForFunction(() => document.querySelectorAll('article img').length === 6);
});

test('files are sorted by a plan that can be edited, and brought back', async () => {
  const { page, library: folder } = await openWebApp({
    library,
    at: '/topics?part=organize',
    expectedProblems: /40[34] \(/,
  });
  const destination = path.join(folder, 'sorted');
  await page.getByLabel('Destination folder').fill(destination);
  await page.getByRole('button', { name: 'Create plan' }).click();
  await page.getByText(`19 files will be moved into 4 folders in ${destination}.`).waitFor();
  expect(existsSync(destination)).toBe(false);
  await page.getByLabel('Folder', { exact: true }).first().fill('Mine <b>');
  await page.getByLabel('Skip').last().check();
  await page.getByText('18 files will be moved into 3 folders').waitFor();
  await page.getByText('6 images', { exact: true }).first().click();
  await page
    .getByText(/→ .*sorted/)
    .first()
    .waitFor();
  // What was edited is there after a look at another part.
  await page.getByRole('button', { name: 'Tag graph' }).click();
  await page.getByRole('button', { name: 'Organize' }).click();
  await page.getByText('18 files will be moved into 3 folders').waitFor();
  expect(await page.getByLabel('Folder', { exact: true }).first().inputValue()).toBe('Mine <b>');
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await screenshots(page, 'organize');
  await page.getByRole('button', { name: 'Move files' }).click();
  await page.getByText('18 files moved.').waitFor();
  expect(readdirSync(destination)).toHaveLength(3);
  expect(readdirSync(path.join(folder, 'in'))).toEqual(['alone.png']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('18 files moved back.').waitFor();
  expect(readdirSync(path.join(folder, 'in'))).toHaveLength(19);
  await page.reload();
  await page.getByText('18 files moved back.').waitFor();
  await page.getByRole('button', { name: 'Start over' }).click();
  // A destination outside the library is refused where it was entered, and stays there.
  const field = page.getByLabel('Destination folder');
  await field.fill('/nowhere/at/all');
  await page.getByRole('button', { name: 'Create plan' }).click();
  await page.getByRole('alert').waitFor();
  expect(await field.inputValue()).toBe('/nowhere/at/all');
});
