import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { launchApp, type LaunchedApp, type LaunchOptions } from '@iib-kit/server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

import { disturbPage } from '../../chaos/disturb-page.ts';
import { launchChromium } from '../../helpers/chromium.ts';
import { makeLibrary } from '../../helpers/make-library.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

export interface WebAppOptions {
  /** Images of the library and their prompts: `{ 'folder/name.png': 'the prompt' }`; or an existing folder. */
  readonly library: Readonly<Record<string, string>> | string;
  readonly server?: LaunchOptions;
  readonly browser?: BrowserContextOptions;
  /** Where the page opens, below the base. Default `''`. */
  readonly at?: string;
  /** What the console may say, because the test makes it happen. */
  readonly expectedProblems?: RegExp;
}

export interface WebApp {
  readonly page: Page;
  readonly app: LaunchedApp;
  /** Address of the application, without trailing slash. */
  readonly url: string;
  /** Folder of the images. */
  readonly library: string;
}

let browser: Promise<Browser> | undefined;

/** One browser for all tests of a file; it ends with the process that vitest gives the file. */
export function sharedBrowser(): Promise<Browser> {
  browser ??= launchChromium();
  return browser;
}

/**
 * Serves a made library, indexed, and opens it in a page of its own. All ends with the test, which fails for every
 * error that the console had, whatever else it looked at.
 */
export async function openWebApp(options: WebAppOptions): Promise<WebApp> {
  const { app, library } = await serveLibrary(options.library, options.server);
  const page = await openPage(app.url + (options.at ?? ''), options);
  return { page, app, url: app.url, library };
}

/** A server with an indexed library, until the test ends. */
export async function serveLibrary(
  images: WebAppOptions['library'],
  options: LaunchOptions = {},
): Promise<{ app: LaunchedApp; library: string; folder: string }> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = typeof images === 'string' ? images : path.join(folder, 'library');
  if (typeof images !== 'string') {
    await mkdir(library);
    await makeLibrary(library, images);
  }
  const app = await launchApp({
    port: 0,
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    ...options,
  });
  onTestFinished(() => app.close());
  await app.service.library.update();
  return { app, library, folder };
}

/** A page whose errors fail the test. */
export async function openPage(
  url: string,
  { browser: contextOptions, expectedProblems }: Omit<WebAppOptions, 'library'> = {},
): Promise<Page> {
  const context = await (
    await sharedBrowser()
  ).newContext({ reducedMotion: 'reduce', locale: 'en-US', ...contextOptions });
  const page = await context.newPage();
  await disturbPage(page);
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      problems.push(`${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && origin !== new URL(url).origin) problems.push(`asked ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    expect(problems.filter((text) => expectedProblems?.test(text) !== true)).toEqual([]);
  });
  await page.goto(url);
  return page;
}

/** Waits until every image that is in the page is drawn. */
export async function imagesDrawn(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.images.length > 0 &&
      [...document.images].every((image) => image.complete && image.naturalWidth > 0),
  );
}

/**
 * Keeps pictures of a view for the docs, `NAME-light.png` and `NAME-dark.png`, when `SCREENSHOTS` names a folder. The
 * page has the theme that it had afterwards.
 */
export async function screenshots(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined) return;
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
}
