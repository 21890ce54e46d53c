import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { createClient } from '@iib-kit/client';
import { writeMetadata } from '@iib-kit/metadata';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';

import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { imagesDrawn, openWebApp, screenshots } from './helpers/open-web-app.ts';

interface Made {
  readonly name: string;
  readonly model: string;
  /** Day of the year 2024, at noon. */
  readonly day: number;
}

async function madeLibrary(images: readonly Made[]): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const picture = await sharp({ create: { width: 96, height: 64, channels: 3, background: '#a63' } })
    .png()
    .toBuffer();
  for (const { name, model, day } of images) {
    const file = path.join(folder, name);
    const settings = `Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 96x64, Model: ${model}`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, writeMetadata(picture, `a kite <lora:wind:1>\n${settings}`));
    const date = new Date(2024, 0, day, 12);
    await utimes(file, date, date);
  }
  return folder;
}

const images: Made[] = Array.from({ length: 60 }, (_, index) => ({
  name: `${index % 3 === 0 ? 'kites' : 'boats'}/${index}.png`,
  model: index % 4 === 0 ? 'dream "shaper" <b>8</b>' : 'juggernaut',
  day: 1 + ((index * index) % 150),
}));

test('figures, names, kinds and folders lead to the images that they count', async () => {
  const library = await madeLibrary(images);
  const { page, url } = await openWebApp({ library, at: '/statistics' });
  const models = page.getByRole('region', { name: 'Models' });
  await models.waitFor();
  expect(await models.getByRole('link').allInnerTexts()).toEqual([
    expect.stringMatching(/^juggernaut\s+45$/),
    expect.stringMatching(/^dream "shaper" <b>8<\/b>\s+15$/),
  ]);
  const folders = page.getByRole('region', { name: 'Largest folders' }).getByRole('link');
  expect((await folders.allInnerTexts()).map((text) => path.basename(text.split(/\s/)[0] ?? ''))).toEqual([
    'boats',
    'kites',
  ]);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await screenshots(page, 'statistics');
  await page.emulateMedia({ colorScheme: 'dark' });

  const leadsTo = async (link: ReturnType<typeof models.getByRole>, count: number) => {
    await link.click();
    await page.getByRole('combobox', { name: 'Search' }).waitFor();
    await page.waitForURL(/\?q=/);
    await imagesDrawn(page);
    const query = new URL(page.url()).searchParams.get('q') ?? '';
    expect((await createClient({ baseUrl: url }).search.byQuery({ query })).files).toHaveLength(count);
    await page.goBack();
    await models.waitFor();
  };
  await leadsTo(models.getByRole('link', { name: 'dream' }), 15);
  await leadsTo(folders.first(), 40);
  await leadsTo(page.getByRole('region', { name: 'LoRAs' }).getByRole('link', { name: 'wind' }), 60);
  await leadsTo(page.getByRole('region', { name: 'Media types' }).getByRole('link'), 60);
});

test('the chart shows months and days, and a bar leads to its images', async () => {
  const library = await madeLibrary(images);
  const { page } = await openWebApp({ library, at: '/statistics' });
  const chart = page.getByRole('img', { name: 'Images over time' });
  await chart.locator('canvas').waitFor();
  await page.getByText('Show as list').click();
  const march = images.filter(({ day }) => new Date(2024, 0, day).getMonth() === 2).length;
  await page.getByRole('link', { name: `${march} images, March 2024` }).waitFor();
  await page.getByLabel('Day', { exact: true }).check();
  await page.waitForURL(/by=days/);
  await page.getByRole('link', { name: /images, Mon, January 1, 2024/ }).waitFor();
  await page.getByLabel('Month', { exact: true }).check();
  const box = await chart.boundingBox();
  expect(box).not.toBeNull();
  if (box === null) return;
  // The last fifth of the chart is May.
  await page.mouse.move(box.x + box.width * 0.94, box.y + box.height - 60);
  await page
    .getByText(/\d+ images?, May 2024/)
    .first()
    .waitFor();
  await page.mouse.click(box.x + box.width * 0.94, box.y + box.height - 60);
  await page.waitForURL(/q=date%3A2024-05/);
});

test('an empty library says what would be here', async () => {
  const { page } = await openWebApp({ library: await madeLibrary([]), at: '/statistics' });
  await page.getByText('No statistics yet').waitFor();
  expect(await page.locator('canvas').count()).toBe(0);
});
