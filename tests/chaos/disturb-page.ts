import { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import { seededRandom } from '../../scripts/seeded-random.js';

const longestHold = 500;
const slowestPage = 5;

const seed = process.env['IIB_TEST_CHAOS'];
const random = seededRandom(`${seed} pages`);
let isHolding = false;

/** With IIB_TEST_CHAOS: holds back every request to servers of this process, and slows the page down. */
export async function disturbPage(page: Page): Promise<void> {
  if (seed === undefined) return;
  holdRequests();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 + random() * (slowestPage - 1) });
}

/** At the server: a browser whose requests are caught has no cache. */
function holdRequests(): void {
  if (isHolding) return;
  isHolding = true;
  const emit = Reflect.get(Server.prototype, 'emit');
  Server.prototype.emit = function emitLater(this: Server, event: string, ...values: unknown[]): boolean {
    if (event !== 'request') return Reflect.apply(emit, this, [event, ...values]) as boolean;
    void setTimeout(random() * longestHold).then(() => Reflect.apply(emit, this, [event, ...values]));
    return true;
  };
}
