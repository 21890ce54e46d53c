import { errorCode } from '../ports/error-code.ts';
import type { Backups, ImageSearches } from '@iib-kit/catalog';
import type { Logger } from '../ports/logger.ts';

/**
 * Names the backups of an index that has no images: its database was emptied, deleted, or is on a drive that is not there,
 * and is begun anew, without the tags, ratings and notes that they hold.
 */
export async function warnOfLostIndex(
  index: Pick<ImageSearches, 'randomImages'> & Partial<Pick<Backups, 'backups'>>,
  log: Logger,
): Promise<void> {
  if (index.backups === undefined) return;
  try {
    const backups = await index.backups();
    if (backups.length === 0 || (await index.randomImages(1)).length > 0) return;
    log.warn(
      { backups, newest: backups.at(-1) },
      'the index is empty, but there are backups of it: to have its tags and ratings back, stop the program and restore one with --restore_backup, or copy one over the database',
    );
  } catch (err) {
    if (errorCode(err) !== 'closed') log.warn({ err }, 'the backups of the index cannot be listed');
  }
}
