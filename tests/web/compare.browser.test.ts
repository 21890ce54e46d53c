import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { imagesDrawn, openPage, screenshots, serveLibrary } from './helpers/open-web-app.ts';
import { writePicture } from './helpers/write-picture.ts';

async function openComparison(browser: Parameters<typeof openPage>[1] = {}) {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  await mkdir(library);
  await writePicture(path.join(library, 'a.png'), {
    text: 'a red fox in fresh snow\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, Seed: 7, Model: dream',
    hue: 20,
  });
  await writePicture(path.join(library, 'b.png'), {
    text: 'a blue fox in fresh snow\nNegative prompt: blurry\nSteps: 30, Sampler: Euler a, Seed: 7, Model: dream',
    hue: 220,
  });
  const { app } = await serveLibrary(library, {
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  const query = new URLSearchParams({
    left: path.join(library, 'a.png'),
    right: path.join(library, 'b.png'),
  });
  const page = await openPage(`${app.url}/compare?${query.toString()}`, browser);
  await imagesDrawn(page);
  await page.getByRole('row', { name: /Steps/ }).waitFor();
  return page;
}

test('two images under a slider, by pointer and keys', async () => {
  const page = await openComparison();
  const clip = () =>
    page
      .locator('[data-testid=compare-stage] > div')
      .first()
      .evaluate((over) => getComputedStyle(over).clipPath);
  expect(await clip()).toBe('inset(0px 50% 0px 0px)');
  const slider = page.getByRole('slider', { name: 'Divider position' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  expect(await clip()).toBe('inset(0px 49% 0px 0px)');
  await page.keyboard.press('Home');
  expect(await clip()).toBe('inset(0px 100% 0px 0px)');
  const box = await page.getByTestId('compare-stage').boundingBox();
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 4, y + height / 2);
  await page.mouse.up();
  expect(await slider.inputValue()).toBe('25');
  await page.getByRole('button', { name: 'Side by side' }).click();
  expect(await page.locator('figcaption').allTextContents()).toEqual(['a.png', 'b.png']);
  await page.getByRole('button', { name: 'Swap sides' }).click();
  expect(await page.locator('figcaption').allTextContents()).toEqual(['b.png', 'a.png']);
});

test('prompts by word and settings by name, with what differs marked', async () => {
  const page = await openComparison();
  expect(await page.locator('del').allTextContents()).toEqual(['red']);
  expect(await page.locator('ins').allTextContents()).toEqual(['blue']);
  expect(await page.getByRole('group', { name: 'Prompt, Right', exact: true }).textContent()).toBe(
    'a blue fox in fresh snow',
  );
  const rows = () =>
    page
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [
          ...[...row.children].map((part) => part.textContent),
          row.getAttribute('data-differs'),
        ]),
      );
  expect(await rows()).toContainEqual(['Steps (differs)', '20', '30', 'true']);
  expect(await rows()).toContainEqual(['Sampler', 'Euler a', 'Euler a', 'false']);
  await page.getByLabel('Only differences').check();
  expect(await rows()).toEqual([['Steps (differs)', '20', '30', 'true']]);
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
  const page = await openComparison({ browser: { colorScheme } });
  expect(await findAccessibilityProblems(page)).toEqual([]);
  if (colorScheme === 'light') await screenshots(page, 'compare');
});
