import path from 'node:path';

import { launchApp } from '@iib-kit/server';
import { expect, test } from 'vitest';

import { makeLibrary } from '../helpers/make-library.ts';
import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { imagesDrawn, openPage, openWebApp, serveLibrary } from './helpers/open-web-app.ts';

const two = { 'a.png': 'a kite over the dunes', 'b.jpg': 'a boat' };

test('it shows name, version, counts and the images, below any base', async () => {
  const { page, url } = await openWebApp({ library: two, server: { base: '/my/gallery' } });
  await imagesDrawn(page);
  expect(await page.textContent('h1')).toBe('iib-kit');
  expect(await page.getByTestId('version').textContent()).toMatch(/^\d+\.\d+\.\d+ · $/);
  expect(await page.getByTestId('counts').textContent()).toBe('2 images');
  expect(await page.locator('main img').evaluateAll((images) => images.length)).toBe(2);
  await page.getByRole('link', { name: 'Statistics' }).click();
  await page.waitForURL(`${url}/statistics`);
  await page.getByText('On disk').waitFor();
  await page.goBack();
  await imagesDrawn(page);
  await page.getByRole('link', { name: 'API docs' }).click();
  await page.getByText('Images whose path or generation text contains a text').first().waitFor();
  expect(new URL(page.url()).pathname).toBe('/my/gallery/docs');
});

test('every view is a link', async () => {
  const { page, url } = await openWebApp({ library: two });
  for (const view of ['folders', 'topics', 'statistics', 'settings']) {
    await page.goto(`${url}/${view}`);
    await page.locator('main section').first().waitFor();
    expect(
      await page
        .getByRole('navigation', { name: 'Main navigation' })
        .locator('a[aria-current=page]')
        .getAttribute('href'),
    ).toBe(`${new URL(url).pathname}/${view}`);
  }
  await page.goto(`${url}/image/../settings/nowhere`);
  await page.getByText('Page not found').waitFor();
});

test('themes and languages are kept', async () => {
  const { page } = await openWebApp({ library: two, at: '/settings' });
  const background = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('background-color'));
  const light = await background();
  await page.getByLabel('Theme').selectOption('dark');
  expect(await background()).not.toBe(light);
  const dark = await background();
  await page.getByLabel('Language').selectOption('zh-cn');
  await page.getByText('主题', { exact: true }).first().waitFor();
  await page.reload();
  await page.getByRole('link', { name: '图片' }).waitFor();
  expect([await background(), await page.getAttribute('html', 'lang')]).toEqual([dark, 'zh-cn']);
});

test('what happens before the stream of events is open is shown as well', async () => {
  const { app, library } = await serveLibrary(two, { watch: false });
  const page = await openPage(`${app.url}/settings`);
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(/\/events(\?|$)/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(app.url);
  await page.getByTestId('counts').getByText('2 images').waitFor();
  await makeLibrary(library, { 'c.png': 'a gull' });
  await app.service.library.update();
  letThrough();
  await page.getByTestId('counts').getByText('3 images').waitFor();
  await page.getByRole('gridcell', { name: 'c.png' }).waitFor();
  expect(await page.getByRole('gridcell').count()).toBe(3);
});

test('with a key it asks for it over what is shown, and shows images once it is right', async () => {
  const { page } = await openWebApp({
    library: two,
    server: { secretKey: 'sesame' },
    at: '/?q=kite',
    expectedProblems: /401 \(Unauthorized\)/,
  });
  const key = page.getByLabel('Secret key');
  await key.fill('open');
  await key.press('Enter');
  await page.getByText('Incorrect key.').waitFor();
  await key.fill('sesame');
  await key.press('Enter');
  await key.waitFor({ state: 'detached' });
  await imagesDrawn(page);
  expect(await page.locator('[role=gridcell]').getAttribute('aria-label')).toBe('a.png');
  expect(await page.getByRole('combobox', { name: 'Search' }).inputValue()).toBe('kite');
});

test('a server that goes away is said, and what was typed is there when it is back', async () => {
  const { app, library, folder } = await serveLibrary(two);
  const port = Number(new URL(app.url).port);
  const page = await openPage(app.url, { expectedProblems: /ERR_|Failed to load/ });
  await imagesDrawn(page);
  await app.close();
  await page.getByText('The server is not responding. Retrying').waitFor();
  await page.getByRole('combobox', { name: 'Search' }).fill('boat');
  const again = await launchApp({
    port,
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  try {
    await page.getByText('Reconnected to the server.').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('main img').length === 1);
    expect(await page.getByRole('combobox', { name: 'Search' }).inputValue()).toBe('boat');
  } finally {
    await again.close();
  }
});

test('on a telephone the navigation opens over the images and closes again', async () => {
  const { page } = await openWebApp({ library: two, browser: { viewport: { width: 360, height: 640 } } });
  await imagesDrawn(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  const link = page.getByRole('link', { name: 'Settings' });
  expect(await link.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Open navigation' }).click();
  await link.click();
  await page.getByLabel('Theme').waitFor();
  expect(await link.isVisible()).toBe(false);
});

test.each(['light', 'dark'] as const)('axe finds nothing in any view, %s', async (colorScheme) => {
  const { page, url } = await openWebApp({ library: two, browser: { colorScheme } });
  for (const view of ['', '/folders', '/topics', '/statistics', '/settings']) {
    await page.goto(url + view);
    await page.locator('main section').first().waitFor();
    await page.waitForFunction(() => document.querySelector('main [role=progressbar]') === null);
    expect([view, await findAccessibilityProblems(page)]).toEqual([view, []]);
  }
});
