import path from 'node:path';

import { errorCode } from '../ports/error-code.ts';
import type { LibraryOverview, Backups } from '@iib-kit/catalog';
import type { Logger } from '../ports/logger.ts';

/**
 * Copies the index once a day (of UTC, as the copies are named), at the first start of it that finds images in it;
 * `kept` copies stay. An index that cannot be copied is left alone, and a copy that fails is logged.
 */
export async function backUpDaily(
  index: Pick<LibraryOverview, 'basicInfo'> & Partial<Backups>,
  kept: number,
  log: Logger,
  now = new Date(),
): Promise<void> {
  if (kept === 0 || index.backUp === undefined || index.backups === undefined) return;
  const today = now.toISOString().slice(0, 10).replaceAll('-', '');
  try {
    // A copy of nothing would be the only one of its day.
    if ((await index.basicInfo()).imageCount === 0) return;
    const made = await index.backups();
    if (!made.some((copy) => path.basename(copy).includes(`.${today}T`))) await index.backUp({ kept });
  } catch (err) {
    if (errorCode(err) !== 'closed') log.warn({ err }, 'the index could not be backed up');
  }
}
