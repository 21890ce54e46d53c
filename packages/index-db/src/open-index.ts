import { resolve } from 'node:path';
import { createImageIndex } from './create-image-index.ts';
import type { ImageIndex } from './image-index.ts';
import { startIndexThreads } from './index-threads.ts';

export interface OpenIndexOptions {
  /** The database file; made where there is none, its folder must exist. */
  readonly path: string;
  /** Threads that answer queries, 1 to 16; 2 unless given. */
  readonly readers?: number;
  /** How long a search by expression may run, in milliseconds; 10,000 unless given. */
  readonly regexpTimeoutMs?: number;
  /** URL of a module that exports `describeFile`; the metadata reader unless given. */
  readonly describer?: string | URL;
}

const optionNames = new Set(['path', 'readers', 'regexpTimeoutMs', 'describer']);

function checkedOptions(options: OpenIndexOptions): Required<OpenIndexOptions> & { describer: string } {
  for (const name of Object.keys(options)) {
    if (!optionNames.has(name)) throw new TypeError(`openIndex has no option "${name}"`);
  }
  const {
    path,
    readers = 2,
    regexpTimeoutMs = 10_000,
    describer = new URL('./describe-media.js', import.meta.url),
  } = options;
  if (typeof path !== 'string' || path === '') throw new TypeError('path must name a file');
  if (!Number.isInteger(readers) || readers < 1 || readers > 16) {
    throw new RangeError(`readers must be a whole number from 1 to 16, not ${readers}`);
  }
  if (!Number.isFinite(regexpTimeoutMs) || regexpTimeoutMs <= 0) {
    throw new RangeError(`regexpTimeoutMs must be above 0, not ${regexpTimeoutMs}`);
  }
  return { path: resolve(path), readers, regexpTimeoutMs, describer: String(describer) };
}

/**
 * Opens or makes an index. An IIB database is taken over as it is, after a backup beside it.
 * Throws `IndexError`: `cannot-open`, `not-a-database`, `newer-schema`, `locked`, `read-only`, `disk-full`.
 */
export async function openIndex(options: OpenIndexOptions): Promise<ImageIndex> {
  const { regexpTimeoutMs, ...threads } = checkedOptions(options);
  return createImageIndex(await startIndexThreads(threads), regexpTimeoutMs);
}
