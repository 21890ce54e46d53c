import { createRequire } from 'node:module';
import path from 'node:path';

import { createClient } from '@iib-kit/client';
import { expect, test } from 'vitest';

import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { imagesDrawn, openPage, openWebApp, screenshots, serveLibrary } from './helpers/open-web-app.ts';

const { version } = createRequire(import.meta.url)('@iib-kit/server/package.json') as { version: string };

const library = {
  'a.png': 'a kite over the dunes',
  'b.png': 'a kite above a boat',
  'c.png': 'a boat at night',
};

test('tags get another colour and name, are merged and deleted', async () => {
  const { page, url } = await openWebApp({ library, at: '/settings', expectedProblems: /409 \(Conflict\)/ });
  const client = createClient({ baseUrl: url });
  const hostile = '<img src=x onerror=alert(1)>';
  for (const name of ['kites', 'boats', hostile]) await client.tags.add({ tag_name: name });
  const names = async () => {
    const { tags } = await client.search.basicInfo();
    return tags.flatMap(({ type, name }) => (type === 'custom' ? [name] : [])).toSorted();
  };
  await page.getByRole('link', { name: hostile }).waitFor();
  await page.getByLabel('Color of kites').fill('#aa3366');
  await expect
    .poll(async () => (await client.search.basicInfo()).tags.find(({ name }) => name === 'kites')?.color)
    .toBe('#aa3366');

  const choose = async (tag: string, action: string) => {
    await page.getByRole('button', { name: `Actions for ${tag}` }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await choose('kites', 'Rename');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('boats');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  // The name is taken: what was typed stays, with the reason.
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByLabel('Name').inputValue()).toBe('boats');
  await dialog.getByLabel('Name').fill('dragons');
  await dialog.getByLabel('Name').press('Enter');
  await page.getByRole('link', { name: 'dragons' }).waitFor();

  await choose('dragons', 'Merge');
  await dialog.getByLabel('Merge into').selectOption({ label: 'boats' });
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('link', { name: 'dragons' }).waitFor({ state: 'detached' });
  await choose(hostile, 'Delete');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('link', { name: hostile }).waitFor({ state: 'detached' });
  expect(await names()).toEqual(['boats', 'like']);
});

test('the menu of a tag stays open, at the same item, while images get the tag', async () => {
  const { page, url } = await openWebApp({ library, at: '/settings' });
  const client = createClient({ baseUrl: url });
  const { id } = await client.tags.add({ tag_name: 'kites' });
  await page.getByRole('button', { name: 'Actions for kites' }).click();
  await page.keyboard.press('ArrowDown');
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  const item = await focused();
  expect(item).toMatch(/^Merge/);
  const { files } = await client.search.byQuery({ query: 'kite' });
  await client.tags.batchUpdate({
    img_paths: files.map(({ fullpath }) => fullpath),
    action: 'add',
    tag_id: id,
  });
  await page.getByRole('listitem').filter({ hasText: 'kites' }).getByText('2 images').waitFor();
  expect(await focused()).toBe(item);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel('Merge into').waitFor();
});

test('a rule is tried, kept, changed and removed', async () => {
  const { page, url } = await openWebApp({
    library,
    at: '/settings',
    expectedProblems: /400 \(Bad Request\)/,
  });
  const client = createClient({ baseUrl: url });
  const tagged = async (name: string) => (await client.search.byQuery({ query: `tag=${name}` })).files.length;
  await page.getByRole('button', { name: 'Add rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tag', { exact: true }).fill('flying');
  await dialog.getByLabel('Value').fill('KITE');
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await dialog.getByText('Matches 2 of the newest 3 images.').waitFor();
  expect(await dialog.getByRole('img').count()).toBe(2);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await screenshots(page, 'rule');
  expect(await tagged('flying')).toBe(0);
  await dialog.getByRole('button', { name: 'Add condition' }).click();
  await dialog.getByLabel('Operator').nth(1).selectOption('regex');
  await dialog.getByLabel('Value').nth(1).fill('(');
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByLabel('Value').nth(1).inputValue()).toBe('(');
  await dialog.getByLabel('Value').nth(1).fill('dunes|night');
  await dialog.getByRole('button', { name: 'Save and apply' }).click();
  await page.getByText('Prompt contains “KITE” and Prompt matches regex “dunes|night”').waitFor();
  expect(await tagged('flying')).toBe(1);

  await page.getByRole('button', { name: 'Edit rule' }).click();
  await dialog.getByLabel('Images match').selectOption('any');
  await dialog.getByRole('button', { name: 'Save and apply' }).click();
  await page.getByText(/Prompt contains “KITE” or /).waitFor();
  expect(await tagged('flying')).toBe(3);

  await page.getByRole('button', { name: 'Delete rule' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await client.tags.autoTagRules()).length).toBe(1);
});

test('thumbnails have the size that was chosen, and the views of both themes are accessible', async () => {
  const { page, url } = await openWebApp({ library, at: '/settings' });
  await page.getByLabel('Thumbnail size').fill('300');
  await page.getByText(version).first().waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await screenshots(page, 'settings');
  await page.getByLabel('Theme').selectOption('dark');
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.goto(url);
  await page.goto(`${url}/settings`);
  expect(await page.getByLabel('Thumbnail size').inputValue()).toBe('300');
});

const storageLines = {
  en: [
    /^Thumbnail cache: [\d.]+ K?B of 2 GB$/,
    'What has been in the trash for 1,000 days is deleted for good.',
    'When the trash is larger than 500 MB, the oldest is deleted for good.',
  ],
  de: [
    /^Vorschaubild-Cache: [\d,]+ K?B von 2 GB$/,
    'Was 1.000 Tage im Papierkorb liegt, wird endgültig gelöscht.',
    'Ist der Papierkorb größer als 500 MB, wird das Älteste endgültig gelöscht.',
  ],
  'zh-CN': [
    /^缩略图缓存：[\d.]+ K?B \/ 2 GB$/,
    '回收站中超过 1,000 天的内容将被永久删除。',
    '回收站超过 500 MB 时，最早的内容将被永久删除。',
  ],
} as const;

const nextLine = {
  en: /^2 items in the trash are deleted for good, the first after /,
  de: /^2 Elemente im Papierkorb werden endgültig gelöscht, das erste nach dem /,
  'zh-CN': /^回收站中有 2 项将被永久删除，最早在 /,
} as const;

test.each([
  { width: 360, height: 640 },
  { width: 1600, height: 900 },
])('how full the cache is, and the limits of the trash, stand at $width pixels', async (viewport) => {
  const { app, library: root } = await serveLibrary(library, {
    thumbnailCacheMb: 2048,
    trashDays: 1000,
    trashMaxMb: 500,
    timeZone: 'UTC',
  });
  const client = createClient({ baseUrl: app.url });
  const { trashed } = await client.fileSystem.remove({
    file_paths: ['b.png', 'c.png'].map((name) => path.join(root, name)),
    trash: true,
  });
  const expires = new Date((trashed[0]?.expires_time ?? 0) * 1000);
  expect(Math.round((expires.getTime() - Date.now()) / 3_600_000)).toBe(1001 * 24);
  for (const locale of Object.keys(storageLines) as (keyof typeof storageLines)[]) {
    const page = await openPage(app.url, { browser: { viewport, locale, timezoneId: 'UTC' } });
    await imagesDrawn(page);
    await page.goto(`${app.url}/settings`);
    for (const line of storageLines[locale]) await page.getByText(line).waitFor();
    const year = String(expires.getUTCFullYear());
    await page.getByText(nextLine[locale]).filter({ hasText: year }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findAccessibilityProblems(page)).toEqual([]);
    }
    await page.getByText(nextLine[locale]).scrollIntoViewIfNeeded();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await screenshots(page, `storage-${locale}-${viewport.width}`);
  }
});

test('a trash without limits, and an empty cache, say no more than that', async () => {
  const { page } = await openWebApp({ library, at: '/settings' });
  await page.getByText('Thumbnail cache: 0 B of 1 GB').waitFor();
  expect(await page.getByText(/deleted for good/).count()).toBe(0);
});
