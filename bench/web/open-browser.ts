import { existsSync } from 'node:fs';
import path from 'node:path';

import { chromium, type Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Headless Chromium that tells its memory exactly. */
export async function openBrowser(): Promise<Browser> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  const executablePath = [process.env['CHROMIUM'], ...candidates].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  if (executablePath === undefined)
    throw new TypeError('no Chromium found: install it, or set CHROMIUM to its program');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info', '--no-first-run'],
  });
}
