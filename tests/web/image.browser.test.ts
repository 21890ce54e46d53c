import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { launchApp } from '@iib-kit/server';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';

import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { findAccessibilityProblems } from './helpers/find-accessibility-problems.ts';
import { openPage, screenshots, serveLibrary } from './helpers/open-web-app.ts';
import { writePicture } from './helpers/write-picture.ts';

const foxText = `masterpiece, a red fox asleep in fresh snow, soft morning light <lora:ink_wash:0.6>
Negative prompt: lowres, blurry
Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 1234567890, Size: 1600x1200, Model: dreamshaper_8, Denoising strength: 0.4, Hires upscale: 2, Hires upscaler: Latent`;

const graph = {
  3: { class_type: 'KSampler', inputs: { seed: 5, steps: 12, model: ['4', 0], positive: ['6', 0] } },
  4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'flux.safetensors' } },
  6: { class_type: 'CLIPTextEncode', inputs: { text: 'an owl in the rain', clip: ['4', 1] } },
};

/** A fox, an owl, a boat: newest first. The fox is larger than the window. */
async function serveThree() {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  await mkdir(path.join(library, 'chosen'), { recursive: true });
  const pictures = [
    writePicture(path.join(library, 'fox.png'), {
      text: foxText,
      hue: 20,
      width: 1600,
      height: 1200,
      day: 12,
    }),
    writePicture(path.join(library, 'owl.png'), { graph, hue: 210, day: 11 }),
    writePicture(path.join(library, 'boat.png'), { text: 'a boat\nSteps: 4, Seed: 9', hue: 120, day: 10 }),
  ];
  await Promise.all(pictures);
  return serveLibrary(library, {
    timeZone: 'UTC',
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
}

type Served = Awaited<ReturnType<typeof serveThree>>;

const addressOf = ({ app, library }: Pick<Served, 'app' | 'library'>, name: string, query = '') =>
  `${app.url}/?${query}image=${encodeURIComponent(path.join(library, name))}`;

const view = (page: Page) => page.getByRole('dialog').first();
const scale = async (page: Page) =>
  Number.parseInt((await page.getByRole('group', { name: 'Zoom' }).innerText()).replace(/\D+/g, ' '), 10);
const shown = (page: Page, name: string) => page.locator(`[role=dialog][aria-label="${name}"]`).waitFor();
const drawn = (page: Page) => page.locator('[data-testid=stage] img[data-drawn=true]').waitFor();

test('it opens over the grid, walks its list, and goes back to where it was', async () => {
  const served = await serveThree();
  const page = await openPage(`${served.app.url}/?q=type%3Aimage`);
  await page.getByRole('gridcell', { name: 'owl.png' }).click();
  await shown(page, 'owl.png');
  await page.getByText('2 of 3').waitFor();
  expect(page.url()).toContain('q=type%3Aimage&image=');
  await page.keyboard.press('ArrowLeft');
  await shown(page, 'fox.png');
  expect(await page.getByRole('button', { name: 'Previous image' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Next image' }).click();
  await page.keyboard.press('ArrowRight');
  await shown(page, 'boat.png');
  await page.getByText('3 of 3').waitFor();
  await page.goBack();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('?q=type%3Aimage');
});

test('its address is a link, with the list of its search; Escape leads to that list', async () => {
  const served = await serveThree();
  const page = await openPage(addressOf(served, 'boat.png', 'q=-owl&'));
  await shown(page, 'boat.png');
  await page.getByText('2 of 2').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('?q=-owl');
  await page.getByRole('gridcell', { name: 'fox.png' }).waitFor();
});

test('zoom by keys, wheel, buttons and double click; a picture that fits stays in the middle', async () => {
  const served = await serveThree();
  const page = await openPage(addressOf(served, 'fox.png'));
  await drawn(page);
  const fit = await scale(page);
  expect(fit).toBeLessThan(70);
  await page.keyboard.press('z');
  expect(await scale(page)).toBe(100);
  await page.keyboard.press('+');
  expect(await scale(page)).toBe(125);
  await page.keyboard.press('0');
  expect(await scale(page)).toBe(fit);
  const stage = page.getByTestId('stage');
  await stage.hover();
  await page.mouse.wheel(0, -300);
  await page.waitForFunction((least) => {
    const text = document.querySelector('[role=group][aria-label=Zoom]')?.textContent ?? '';
    return Number.parseInt(text.replace(/\D+/g, ' '), 10) > least;
  }, fit);
  await stage.dblclick();
  expect(await scale(page)).toBe(fit);
  const box = async () => page.locator('[data-testid=stage] img[data-drawn=true]').boundingBox();
  await page.keyboard.press('z');
  const before = await box();
  await page.keyboard.press('Shift+ArrowRight');
  expect((await box())?.x).toBe((before?.x ?? 0) - 80);
});

test('prompt and settings are read by field, copied by a click, and found again', async () => {
  const served = await serveThree();
  const page = await openPage(addressOf(served, 'fox.png'), {
    browser: { permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1440, height: 900 } },
  });
  await drawn(page);
  await page.getByRole('region', { name: 'Prompt', exact: true }).getByText('a red fox asleep').waitFor();
  await screenshots(page, 'image');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy Negative prompt' }).click();
  await page.getByText('Negative prompt copied').waitFor();
  expect(await clipboard()).toBe('lowres, blurry');
  await page.getByRole('button', { name: 'Copy Seed' }).click();
  await page.getByText('Seed copied').waitFor();
  expect(await clipboard()).toBe('1234567890');
  await page.getByRole('button', { name: 'Copy prompt and settings' }).click();
  await page.getByText('Prompt and settings copied').waitFor();
  expect((await clipboard()).slice(0, foxText.length)).toBe(foxText);
  await page.getByText('Raw metadata').click();
  await page.getByText('png:tEXt').waitFor();
  await page.getByRole('link', { name: 'Find images with dreamshaper_8' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.getByRole('combobox', { name: 'Search' }).inputValue()).toBe('model=dreamshaper_8');
  await page.getByRole('gridcell', { name: 'fox.png' }).waitFor();
});

test('the nodes of a ComfyUI graph are listed, searched, and followed', async () => {
  const served = await serveThree();
  const page = await openPage(addressOf(served, 'owl.png'), {
    browser: { viewport: { width: 1440, height: 900 } },
  });
  await drawn(page);
  await page.getByText('ComfyUI nodes').click();
  await page.getByText('#3', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: '← CheckpointLoaderSimple #4' }).first().click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-node'))).toBe('4');
  await page.getByRole('searchbox', { name: 'Search nodes' }).fill('owl');
  await page.getByText('1 node', { exact: true }).waitFor();
  expect(
    await page
      .locator('[data-node]')
      .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node'))),
  ).toEqual(['6']);
});

test('images whose prompts mean the same, and those that look the same', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  const fox = 'a red fox asleep in fresh snow, soft morning light';
  const made = (prompt: string) => `${prompt}\nSteps: 20, Sampler: Euler, Seed: 7`;
  await Promise.all([
    writePicture(path.join(library, 'fox.png'), { text: made(fox), hue: 20 }),
    // The same picture in another size.
    writePicture(path.join(library, 'small.png'), {
      text: made('a harbour'),
      hue: 20,
      width: 320,
      height: 240,
    }),
    writePicture(path.join(library, 'cub.png'), { text: made(`${fox}, a cub`), hue: 200 }),
    ...['a steam engine', 'chess pieces', 'a desert road'].map((text, at) =>
      writePicture(path.join(library, `other-${at}.png`), { text: made(text), hue: 90 + at * 60 }),
    ),
  ]);
  const served = await serveLibrary(library, {
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  const page = await openPage(addressOf(served, 'fox.png'));
  await drawn(page);
  await page.getByText('More like this').click();
  const within = (part: string) => page.locator('details', { hasText: part }).locator('li img');
  const alike = within('More like this');
  await alike.first().waitFor();
  expect(await alike.first().getAttribute('alt')).toBe('cub.png');
  await page.getByText('Near duplicates').click();
  await page.getByText('No near duplicates found.').waitFor();
  await page.getByRole('button', { name: 'Compute hashes for all images' }).click();
  // What was computed is shown without asking again.
  const related = within('Near duplicates');
  await related.first().waitFor();
  expect(await related.evaluateAll((all) => all.map((one) => one.getAttribute('alt')))).toEqual([
    'small.png',
  ]);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await related.first().click();
  await shown(page, 'small.png');
});

test('tags, rating and note', async () => {
  const served = await serveThree();
  const page = await openPage(addressOf(served, 'fox.png'), {
    browser: { viewport: { width: 1440, height: 900 } },
  });
  await drawn(page);
  await page.keyboard.press('4');
  await page.getByText('Rated 4 stars').waitFor();
  expect(await page.getByRole('button', { name: '4 stars' }).getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('t');
  await page.keyboard.type('winter');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove winter' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await shown(page, 'owl.png');
  const field = page.getByRole('combobox', { name: 'Add tag' });
  await field.fill('win');
  await page.getByRole('option', { name: 'winter' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove winter' }).click();
  await page.getByRole('button', { name: 'Remove winter' }).waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: 'Note' }).fill('<b>for</b> the cover');
  await page.getByText('Saved', { exact: true }).waitFor();
  const paths = ['fox.png', 'owl.png'].map((name) => path.join(served.library, name));
  const [ratings, tags] = await Promise.all([
    page.request.post(`${served.app.url}/db/marks`, { data: { paths } }).then((answer) => answer.json()),
    page.request
      .post(`${served.app.url}/db/get_image_tags`, { data: { paths } })
      .then((answer) => answer.json()),
  ]);
  expect(ratings).toEqual({
    [paths[0] ?? '']: { rating: 4, note: '' },
    [paths[1] ?? '']: { rating: 0, note: '<b>for</b> the cover' },
  });
  expect(Object.keys(tags as object)).toEqual([paths[0]]);
});

test('a note that is written while the server is away is kept, and saved when it is back', async () => {
  const served = await serveThree();
  const folder = path.dirname(served.library);
  const port = Number(new URL(served.app.url).port);
  const page = await openPage(addressOf(served, 'fox.png'), {
    browser: { viewport: { width: 1440, height: 900 } },
    expectedProblems: /ERR_|Failed to load/,
  });
  await drawn(page);
  await served.app.close();
  await page.getByRole('textbox', { name: 'Note' }).fill('written in the dark');
  await page.getByText(/Not saved yet, but kept in this browser/).waitFor();
  const again = await launchApp({
    port,
    extraPaths: [served.library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  try {
    await page.getByText('Saved', { exact: true }).waitFor();
    const fox = path.join(served.library, 'fox.png');
    const answer = await page.request.post(`${again.url}/db/marks`, { data: { paths: [fox] } });
    expect(await answer.json()).toEqual({ [fox]: { rating: 0, note: 'written in the dark' } });
  } finally {
    await again.close();
  }
});

test('rename, move, and the trash with its undo', async () => {
  const served = await serveThree();
  const page = await openPage(addressOf(served, 'fox.png'), {
    // The name that is taken, and the picture that the grid beneath asks for under the old one.
    expectedProblems: /409 \(Conflict\)|404 \(Not Found\)/,
  });
  await drawn(page);
  await page.keyboard.press('F2');
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('owl.png');
  await name.press('Enter');
  await page
    .getByRole('alert')
    .getByText(/owl.png/)
    .waitFor();
  await name.fill('red fox.png');
  await name.press('Enter');
  await shown(page, 'red fox.png');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Move to', exact: true }).click();
  const root = page.getByRole('treeitem', { name: 'library' });
  await root.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('treeitem', { name: 'chosen' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Move here' }).click();
  await page.getByText(/^Moved to .*chosen/).waitFor();
  expect(await readdir(path.join(served.library, 'chosen'))).toEqual(['red fox.png']);
  await drawn(page);
  await page.keyboard.press('Delete');
  await page.getByText('red fox.png moved to trash').waitFor();
  expect(await readdir(path.join(served.library, 'chosen'))).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await shown(page, 'red fox.png');
  expect(await readdir(path.join(served.library, 'chosen'))).toEqual(['red fox.png']);
});

test('what vanished, and what cannot be drawn, says so with a way on', async () => {
  const served = await serveThree();
  await writeFile(path.join(served.library, 'broken.png'), 'no picture');
  const page = await openPage(addressOf(served, 'broken.png'), { expectedProblems: /Failed to load/ });
  await page.getByText('Preview unavailable. The file').waitFor();
  await page.goto(addressOf(served, 'owl.png'));
  await drawn(page);
  await rm(path.join(served.library, 'owl.png'));
  await served.app.service.library.update();
  await page.getByText('This file no longer exists').waitFor();
  await page.getByRole('button', { name: 'Continue with the next' }).click();
  await page.getByText('This file no longer exists').waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('image')).not.toBe(path.join(served.library, 'owl.png'));
});

test('what the browser cannot draw is shown large as the server draws it, also in a comparison', async () => {
  const served = await serveThree();
  const file = path.join(served.library, 'scan.tif');
  await sharp({ create: { width: 1800, height: 900, channels: 3, background: '#c81e3c' } })
    .tiff()
    .toFile(file);
  await served.app.service.library.update();
  const page = await openPage(addressOf(served, 'scan.tif'));
  await drawn(page);
  const picture = page.locator('[data-testid=stage] img[data-drawn=true]');
  const { url, width, colour } = await picture.evaluate((image: HTMLImageElement) => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    return {
      url: image.src,
      width: image.naturalWidth,
      colour: [...(context?.getImageData(5, 5, 1, 1).data ?? [])],
    };
  });
  expect(new URL(url).pathname).toMatch(/\/image-thumbnail$/);
  expect(new URL(url).searchParams.get('size')).toBe('2048x2048');
  expect(width).toBe(1800);
  for (const [at, value] of [200, 30, 60, 255].entries())
    expect(Math.abs((colour[at] ?? 0) - value)).toBeLessThanOrEqual(6);
  const compared = new URLSearchParams({ left: file, right: path.join(served.library, 'fox.png') });
  await page.goto(`${served.app.url}/compare?${compared.toString()}`);
  await page.locator('[data-testid=compare-stage] img[src*="size=2048x2048"]').waitFor();
});

test('names and prompts are never read as HTML', async () => {
  const hostile = '<img src=x onerror=alert(1)>';
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  const name = `${hostile.replace('/', '')}.png`;
  await writePicture(path.join(library, name), {
    text: `${hostile}\nNegative prompt: ${hostile}\nSteps: 1, Model: ${hostile}`,
  });
  const served = await serveLibrary(library, {
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  const page = await openPage(addressOf(served, name), {
    browser: { viewport: { width: 1440, height: 900 } },
  });
  await drawn(page);
  expect(await page.getByRole('heading', { name: hostile }).textContent()).toBe(name);
  expect(await page.getByRole('region', { name: 'Prompt', exact: true }).locator('p').textContent()).toBe(
    hostile,
  );
  for (const part of ['Raw metadata', 'File']) await page.getByText(part, { exact: true }).click();
  await page.getByText('png:tEXt').waitFor();
  expect(await page.locator('img[src=x]').count()).toBe(0);
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
  const served = await serveThree();
  const page = await openPage(addressOf(served, 'owl.png'), {
    browser: { colorScheme, viewport: { width: 1440, height: 900 } },
  });
  await drawn(page);
  for (const part of ['ComfyUI nodes', 'Raw metadata', 'File']) {
    await page.getByText(part, { exact: true }).click();
  }
  await page.getByText('#3', { exact: true }).first().waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('F2');
  await page.getByLabel('Name', { exact: true }).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
});

test('on a telephone everything is within reach', async () => {
  const served = await serveThree();
  const page = await openPage(addressOf(served, 'fox.png'), {
    browser: { viewport: { width: 360, height: 640 }, hasTouch: true },
  });
  await drawn(page);
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('textbox', { name: 'Note' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(await view(page).getByRole('button', { name: 'Close' }).isVisible()).toBe(true);
});
