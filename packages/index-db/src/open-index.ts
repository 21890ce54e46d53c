import { resolve } from 'node:path';
import { IndexError } from './index-error.ts';
import type { CallOptions, ImageIndex } from './image-index.ts';
import type { ReaderMethods } from './workers/reader-methods.ts';
import type { InputOf, OutputOf } from './workers/method-call.ts';
import { createLongReads, type LongReadOptions } from './workers/long-reads.ts';
import { createReaderPool, untilAborted } from './workers/reader-pool.ts';
import { startWorker } from './workers/start-worker.ts';
import { createUpdateRunner } from './workers/update-runner.ts';
import type { WriterMethods } from './workers/writer-methods.ts';

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
  const { path, readers, regexpTimeoutMs, describer } = checkedOptions(options);
  const writer = startWorker<WriterMethods>(new URL('./writer-worker.js', import.meta.url), { path });
  const closedError = new IndexError('closed', `The index is closed: ${path}`);
  try {
    await writer.call('ready', undefined);
  } catch (error) {
    await writer.terminate(closedError);
    throw error;
  }
  const pool = createReaderPool(path, readers);
  const longReads = createLongReads(path);
  const runner = createUpdateRunner({ path, describer, writer });
  let closing: Promise<void> | undefined;

  const write = async <K extends keyof WriterMethods>(
    method: K,
    input: InputOf<WriterMethods, K>,
    { signal }: CallOptions = {},
  ): Promise<OutputOf<WriterMethods, K>> => {
    if (closing !== undefined) throw closedError;
    signal?.throwIfAborted();
    return untilAborted<OutputOf<WriterMethods, K>>(writer.call(method, input), signal);
  };
  const read = async <K extends keyof ReaderMethods>(
    method: K,
    input: InputOf<ReaderMethods, K>,
    callOptions?: CallOptions,
  ): Promise<OutputOf<ReaderMethods, K>> => {
    if (closing !== undefined) throw closedError;
    return pool.call(method, input, callOptions);
  };
  const readLong = async <K extends keyof ReaderMethods>(
    method: K,
    input: InputOf<ReaderMethods, K>,
    callOptions?: LongReadOptions,
  ): Promise<OutputOf<ReaderMethods, K>> => {
    if (closing !== undefined) throw closedError;
    return longReads.call(method, input, callOptions);
  };
  const regexpLimit = {
    milliseconds: regexpTimeoutMs,
    error: () => new IndexError('regexp-timeout', `The expression took longer than ${regexpTimeoutMs} ms`),
  };
  async function close(): Promise<void> {
    await runner.close(closedError);
    await Promise.all([pool.close(closedError), longReads.close(closedError)]);
    await writer.call('close', undefined);
    await writer.terminate(closedError);
  }

  return {
    update: async (roots, updateOptions) => {
      if (closing !== undefined) throw closedError;
      return runner.update(
        roots.map((root) => resolve(root)),
        updateOptions,
      );
    },
    searchBySubstring: async (query, callOptions) => {
      if (query.regexp === undefined || query.regexp === '')
        return read('searchBySubstring', query, callOptions);
      return readLong('searchBySubstring', query, { ...callOptions, limit: regexpLimit });
    },
    searchByTags: (query, callOptions) => read('searchByTags', query, callOptions),
    basicInfo: (callOptions) => read('basicInfo', undefined, callOptions),
    images: (paths, callOptions) => read('images', paths, callOptions),
    infotexts: (paths, callOptions) => read('infotexts', paths, callOptions),
    createTag: (name, callOptions) => write('createTag', name, callOptions),
    setTag: (paths, tagId, action, callOptions) => write('setTag', { paths, tagId, action }, callOptions),
    tagsOf: (paths, callOptions) => read('tagsOf', paths, callOptions),
    extraPaths: (callOptions) => read('extraPaths', undefined, callOptions),
    addExtraPath: (folder, types, callOptions) => write('addExtraPath', { path: folder, types }, callOptions),
    removeExtraPath: (folder, types, callOptions) =>
      write('removeExtraPath', { path: folder, types }, callOptions),
    backUp: (callOptions) => write('backUp', undefined, callOptions),
    backups: (callOptions) => read('backups', undefined, callOptions),
    checkIntegrity: (callOptions) => read('checkIntegrity', undefined, callOptions),
    compact: (callOptions) => write('compact', undefined, callOptions),
    close: () => (closing ??= close()),
  };
}
