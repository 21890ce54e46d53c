import type { IndexSummary, LinkOptions } from '@iib-kit/catalog';
import type { Logger } from '../ports/logger.ts';

/** Where links in the library may lead besides its folders. */
export type LinkTargets = NonNullable<LinkOptions['linkTargets']>;

/** Links that a line of the log names; it counts the others. */
const MOST_NAMED = 20;

/** Logs which links an update passed over, once for the same ones. */
export function skippedLinksLog(log: Logger): (summary: Pick<IndexSummary, 'skippedLinks'>) => void {
  let logged = '[]';
  return ({ skippedLinks }) => {
    const links = skippedLinks.map(({ path, reason }) => `${path} (${reason})`).sort();
    const all = JSON.stringify(links);
    if (all === logged) return;
    logged = all;
    if (links.length === 0) return;
    log.warn(
      { count: links.length, links: links.slice(0, MOST_NAMED) },
      'links in the library are passed over: they lead outside of the allowed folders, or to what is missing',
    );
  };
}

/** The link targets of a service with these options: what its owner allows. */
export function linkTargetsOf(
  accessControl: boolean,
  allowedPaths: readonly string[] | undefined,
): LinkTargets {
  return accessControl ? (allowedPaths ?? []) : 'anywhere';
}
