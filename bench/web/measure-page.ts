import type { Browser, Page } from 'playwright-core';

export interface FrameFigures {
  readonly frames: number;
  /** Milliseconds between frames. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly over50: number;
  /** Longest time that scripts held the page. */
  readonly longestTask: number;
}

export interface MemoryFigures {
  readonly bytes: number;
  readonly nodes: number;
}

/** Opens the application as somebody who was never there; answers when its first images are known, and drawn. */
export async function firstGrid(
  browser: Browser,
  url: string,
): Promise<{ page: Page; known: number; drawn: number }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  const known = await timeOf(
    page,
    `document.querySelectorAll('[role=gridcell]:not([aria-label=Loading])').length >= 20`,
  );
  const drawn = await timeOf(
    page,
    `(() => {
      const inside = [...document.querySelectorAll('[role=gridcell]')].filter((cell) => cell.getBoundingClientRect().top < innerHeight);
      return inside.length > 0 && inside.every((cell) => cell.querySelector('img[data-drawn=true]'));
    })()`,
  );
  return { page, known, drawn };
}

/** When a condition came to hold, in milliseconds since the page was asked for. The policy of the page forbids `eval`. */
function timeOf(page: Page, condition: string): Promise<number> {
  return page.evaluate<number>(
    `(async () => {
      while (!(${condition})) await new Promise(requestAnimationFrame);
      return performance.now();
    })()`,
  );
}

/** Scrolls steadily for a while, a number of pixels a frame. */
export async function scrollFrames(page: Page, seconds: number, pixels: number): Promise<FrameFigures> {
  return page.evaluate<FrameFigures>(
    `(async (seconds, pixels) => {
      const scroller = document.querySelector('[data-testid=grid-scroller]');
      let longestTask = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
      });
      observer.observe({ type: 'longtask' });
      const times = [];
      const end = performance.now() + seconds * 1000;
      let last = await new Promise(requestAnimationFrame);
      while (performance.now() < end) {
        scroller.scrollTop += pixels;
        const now = await new Promise(requestAnimationFrame);
        times.push(now - last);
        last = now;
      }
      observer.disconnect();
      times.sort((a, b) => a - b);
      const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
      return { frames: times.length, p50: at(0.5), p99: at(0.99), longest: at(1), over50: times.filter((time) => time > 50).length, longestTask };
    })(${seconds}, ${pixels})`,
  );
}

/** What the page holds after its garbage was collected. */
export async function memoryOf(page: Page): Promise<MemoryFigures> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { bytes: value('JSHeapUsedSize'), nodes: value('Nodes') };
}

/** Types a word; how long after its last letter the images that it finds are shown, in milliseconds. */
export async function searchTime(page: Page, word: string): Promise<number> {
  const before = await page.locator('[role=toolbar] [role=status]').textContent();
  const box = page.getByRole('combobox').first();
  await box.fill('');
  await timeOf(page, `new URL(location.href).searchParams.get('q') === null`);
  await page.waitForTimeout(500);
  await box.pressSequentially(word.slice(0, -1), { delay: 60 });
  const time = page.evaluate<number>(
    `(async (word) => {
      const box = document.querySelector('[role=combobox]');
      await new Promise((resolve) => box.addEventListener('input', resolve, { once: true }));
      const started = performance.now();
      for (;;) {
        await new Promise(requestAnimationFrame);
        const address = new URL(location.href).searchParams.get('q');
        const isBehind = document.querySelector('main [role=progressbar]') !== null;
        const first = document.querySelector('[role=gridcell]');
        const isKnown = first === null || first.getAttribute('aria-label') !== 'Loading';
        if (address === word && !isBehind && isKnown) return performance.now() - started;
      }
    })(${JSON.stringify(word)})`,
  );
  await page.waitForTimeout(200);
  await box.press(word.at(-1) ?? '');
  const took = await time;
  if ((await page.locator('[role=toolbar] [role=status]').textContent()) === before) {
    throw new Error(`searching ${word} shows as many images as before`);
  }
  return took;
}
