import path from 'node:path';

import { launchApp, type LaunchOptions } from '@iib-kit/server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { launchChromium } from './helpers/chromium.ts';
import { makeLibrary } from './helpers/make-library.ts';
import { samplesFolder } from './helpers/samples-folder.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

let browser: Browser;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

afterAll(() => browser.close());

/** Serves an indexed folder and opens its page; errors in the page fail the test. */
async function openPage(images: string, options: LaunchOptions = {}): Promise<{ page: Page; url: string }> {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const app = await launchApp({
    port: 0,
    extraPaths: [images],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    ...options,
  });
  cleanups.push(() => app.close());
  await app.service.library.update();
  const page = await browser.newPage();
  cleanups.push(() => page.close());
  return { page, url: app.url };
}

async function temporaryLibrary(prompts: Record<string, string>): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  await makeLibrary(folder, prompts);
  return folder;
}

/** The figures on the page: name, prompt, and the width of the thumbnail once it is drawn. */
async function figures(page: Page): Promise<{ name: string; text: string; width: number }[]> {
  await page.waitForFunction(() =>
    [...document.images].every((image) => image.complete && image.naturalWidth > 0),
  );
  return page.$$eval('figure', (elements) =>
    elements.map((element) => ({
      name: element.querySelector('strong')?.textContent ?? '',
      text: element.querySelector('span')?.textContent ?? '',
      width: element.querySelector('img')?.naturalWidth ?? 0,
    })),
  );
}

test('the page shows name, version, counts and a grid of thumbnails with their prompts', async () => {
  const images = await temporaryLibrary({ 'a.png': 'a kite over the dunes', 'b.jpg': 'a boat' });
  const { page, url } = await openPage(images);
  await page.goto(url);
  await page.waitForSelector('figure');
  expect(await page.textContent('h1')).toMatch(/^iib-kit \d+\.\d+\.\d+/);
  await page.waitForFunction(() => document.querySelector('#counts')?.textContent !== '');
  expect(await page.textContent('#counts')).toMatch(/^2 images, \d+ tags$/);
  const shown = await figures(page);
  expect(shown.map(({ name, width }) => `${name} ${width}`).sort()).toEqual(['a.png 96', 'b.jpg 96']);
  expect(shown.find(({ name }) => name === 'a.png')?.text).toMatch(/^a kite over the dunes\nNegative prompt/);
});

test('a search on real files shows the thumbnail and the prompt of what it finds', async () => {
  const { page, url } = await openPage(samplesFolder());
  await page.goto(url);
  await page.fill('#needle', 'pink sweater and a long blue skirt');
  await page.press('#needle', 'Enter');
  await page.waitForFunction(() => document.querySelectorAll('figure').length === 1);
  const [found] = await figures(page);
  expect(found?.name).toBe('hunyuan_video_text_to_video.webp');
  expect(found?.text).toContain('massive fennec ears');
  expect(found?.width).toBe(384);
  expect(new URL(page.url()).searchParams.get('q')).toBe('pink sweater and a long blue skirt');
});

test('a link with a search opens it; nothing found is said', async () => {
  const images = await temporaryLibrary({ 'a.png': 'a kite', 'b.png': 'a boat' });
  const { page, url } = await openPage(images);
  await page.goto(`${url}?q=boat`);
  await page.waitForSelector('figure');
  expect((await figures(page)).map(({ name }) => name)).toEqual(['b.png']);
  await page.goto(`${url}?q=submarine`);
  await page.waitForFunction(() => document.querySelector('#message')?.textContent === 'Nothing found.');
  expect(await page.$$('figure')).toEqual([]);
});

test('prompts and names are text, whatever they hold', async () => {
  const images = await temporaryLibrary({
    '<img src=x onerror=alert(1)>.png': '<script>document.title = "owned"</script><b id=bold>x</b>',
  });
  const { page, url } = await openPage(images);
  let alerts = 0;
  page.on('dialog', (dialog) => {
    alerts += 1;
    void dialog.dismiss();
  });
  await page.goto(url);
  await page.waitForSelector('figure');
  const [shown] = await figures(page);
  expect(shown?.name).toBe('<img src=x onerror=alert(1)>.png');
  expect(shown?.text).toContain('<b id=bold>x</b>');
  expect([await page.title(), alerts, await page.$('#bold')]).toEqual(['iib-kit', 0, null]);
});

test('with a key it asks for it, and shows the images once it is given', async () => {
  const images = await temporaryLibrary({ 'a.png': 'a kite' });
  const { page, url } = await openPage(images, { secretKey: 'sesame' });
  await page.goto(url);
  await page.waitForSelector('#sign-in:not([hidden])');
  await page.fill('#key', 'sesame');
  await page.press('#key', 'Enter');
  await page.waitForSelector('figure');
  expect((await figures(page)).map(({ name, width }) => [name, width])).toEqual([['a.png', 96]]);
});

test('the API docs open from the page, below any base', async () => {
  const images = await temporaryLibrary({ 'a.png': 'a kite' });
  const { page, url } = await openPage(images, { base: '/my/gallery' });
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(url);
  await page.click('text=API docs');
  await page.getByText('Images whose path or generation text contains a text').first().waitFor();
  expect(new URL(page.url()).pathname).toBe('/my/gallery/docs');
  expect(problems).toEqual([]);
});

test('the docs show every endpoint in the viewer, without the network and within the policy', async () => {
  const { page, url } = await openPage(await temporaryLibrary({}));
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  await page.goto(`${url}/docs`);
  await page.getByText('What changes in the library, as it happens').first().waitFor();
  await page.getByText('Images whose path or generation text contains a text').first().waitFor();
  expect([problems, elsewhere]).toEqual([[], []]);
});
