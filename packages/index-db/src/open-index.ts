import { resolve } from 'node:path';
import { defaultDescriber } from '@iib-kit/catalog/scan';
import { createImageIndex } from './workers/create-image-index.ts';
import type { SqliteIndex } from './workers/sqlite-index.ts';
import { startIndexThreads } from './workers/index-threads.ts';

export interface OpenIndexOptions {
  /** The database file; made where there is none, its folder must exist. */
  readonly path: string;
  /** Threads that answer queries, 1 to 16; 2 unless given. */
  readonly readers?: number;
  /**
   * Files and folders that are left out, as glob patterns of their whole path (`**\/drafts/**`) or, without a
   * separator, of their name (`*.tmp.png`).
   */
  readonly exclude?: readonly string[];
  /** How long a search by expression may run, in milliseconds; 2,000 unless given. */
  readonly regexpTimeoutMs?: number;
  /** How long writing waits for another program before it fails with `locked`, in milliseconds; 10,000 unless given. */
  readonly lockTimeoutMs?: number;
  /**
   * How long closing waits for what is being written, in milliseconds; 30,000 unless given. Then its threads are ended,
   * what they had not committed is undone, and `close` rejects with `worker-failed`.
   */
  readonly closeTimeoutMs?: number;
  /** Size in bytes beyond which the file does not grow: writing then fails with `disk-full`. None unless given. */
  readonly maxBytes?: number;
  /**
   * Days that tags, ratings, notes and own texts of images that are gone are kept, for the case that they come back; 0 for
   * good. 730 unless given. What lies in a trash, or on a drive that is away, keeps them for as long as it takes.
   */
  readonly orphanedAnnotationsDays?: number;
  /** URL of a module like `DescriberModule` of `@iib-kit/catalog/scan`; the metadata reader unless given. */
  readonly describer?: string | URL;
}

const optionNames = new Set([
  'path',
  'readers',
  'exclude',
  'regexpTimeoutMs',
  'lockTimeoutMs',
  'closeTimeoutMs',
  'maxBytes',
  'orphanedAnnotationsDays',
  'describer',
]);

function checkPositive(name: string, value: number): void {
  if (!(value > 0) || value === Infinity)
    throw new RangeError(`${name} must be a number above 0, not ${value}`);
}

function checkOptions(options: OpenIndexOptions): void {
  for (const name of Object.keys(options)) {
    if (!optionNames.has(name)) throw new TypeError(`openIndex has no option "${name}"`);
  }
  const { path, readers = 2, exclude = [] } = options;
  const { regexpTimeoutMs = 1, lockTimeoutMs = 1, closeTimeoutMs = 1, maxBytes = 1 } = options;
  if (typeof path !== 'string' || path === '') throw new TypeError('path must name a file');
  if (!Number.isInteger(readers) || readers < 1 || readers > 16) {
    throw new RangeError(`readers must be a whole number from 1 to 16, not ${readers}`);
  }
  if (!exclude.every((pattern) => typeof pattern === 'string' && pattern !== '')) {
    throw new TypeError('exclude must be a list of patterns');
  }
  checkPositive('regexpTimeoutMs', regexpTimeoutMs);
  checkPositive('lockTimeoutMs', lockTimeoutMs);
  checkPositive('closeTimeoutMs', closeTimeoutMs);
  checkPositive('maxBytes', maxBytes);
  const { orphanedAnnotationsDays: days = 0 } = options;
  if (!Number.isInteger(days) || days < 0)
    throw new RangeError(`orphanedAnnotationsDays must be a whole number from 0, not ${days}`);
}

/**
 * Opens or makes an index. An IIB database is taken over as it is, after a backup beside it.
 * Throws `IndexError`: `cannot-open`, `not-a-database`, `newer-schema`, `locked`, `read-only`, `disk-full`.
 */
export async function openIndex(options: OpenIndexOptions): Promise<SqliteIndex> {
  checkOptions(options);
  const {
    path,
    readers = 2,
    exclude = [],
    regexpTimeoutMs = 2_000,
    lockTimeoutMs = 10_000,
    closeTimeoutMs = 30_000,
    maxBytes,
    orphanedAnnotationsDays,
    describer = defaultDescriber,
  } = options;
  const threads = await startIndexThreads({
    path: resolve(path),
    readers,
    exclude: [...exclude],
    describer: String(describer),
    limits: { lockTimeoutMs, maxBytes, orphanedAnnotationsDays },
    closeTimeoutMs,
  });
  return createImageIndex(threads, regexpTimeoutMs);
}
