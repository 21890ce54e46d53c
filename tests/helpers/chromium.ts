import { existsSync } from 'node:fs';
import path from 'node:path';

import { chromium, type Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Starts headless Chromium; throws with what to install where there is none. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      // The machines that run these tests often do so as root, where Chromium's sandbox cannot start.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

function findChromium(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  const found = [process.env['CHROMIUM'], ...candidates].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  if (found !== undefined) return found;
  throw new Error(
    'no Chromium found: install it (Debian: apt-get install chromium), or set CHROMIUM to its program',
  );
}
