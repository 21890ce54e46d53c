import { resolve } from 'node:path';
import {
  type AutoTagOutcome,
  type AutoTagRule,
  type CallOptions,
  IndexError,
  type QuerySort,
  type StoredEmbedding,
} from '@iib-kit/catalog';
import { parseQuery } from '@iib-kit/catalog/query';
import type { IndexThreads } from './index-threads.ts';
import { exportMarkLines, importMarkLines } from './annotation-lines.ts';
import type { SqliteIndex } from './sqlite-index.ts';
import { preparedSorts, type PreparedSort } from '../sqlite/write/prepare-order.ts';
import { unpackPage } from './packed-page.ts';

const rowsAtOnce = 1000;

async function applyRules(
  threads: IndexThreads,
  rules: readonly AutoTagRule[],
  options?: CallOptions,
): Promise<AutoTagOutcome> {
  await threads.write('setAutoTagRules', rules, options);
  const timedOut = new Set<string>();
  let tagged = 0;
  let untagged = 0;
  const applyPart = (from: number) =>
    threads.write('applyRulesAfter', { after: from, count: rowsAtOnce }, options);
  let after: number | undefined = 0;
  // A part at a time, so that other writing comes in between.
  while (after !== undefined) {
    const part: Awaited<ReturnType<typeof applyPart>> = await applyPart(after);
    tagged += part.tagged;
    untagged += part.untagged;
    for (const expression of part.timedOut) timedOut.add(expression);
    after = part.last;
  }
  return { tagged, untagged, timedOut: [...timedOut] };
}

async function* storedEmbeddings(
  threads: IndexThreads,
  model: string,
  { signal, folders }: CallOptions & { folders?: readonly string[] },
): AsyncGenerator<StoredEmbedding> {
  const input = { model, count: rowsAtOnce, ...(folders && { folders }) };
  const readPage = (from: number) =>
    threads.readLong('embeddingsOf', { ...input, after: from }, signal && { signal });
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(after);
    yield* page.items;
    after = page.last;
  }
}

function checkCount(name: string, count: number): void {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`${name} must be a whole number from 1, not ${count}`);
}

/** Has the index of an order made, once for as long as the index is open. */
function orderPreparer({ write }: IndexThreads) {
  const prepared = new Set<QuerySort>();
  const isPrepared = (sort: QuerySort): sort is PreparedSort => sort in preparedSorts;
  return async (sort: QuerySort, options?: CallOptions): Promise<void> => {
    if (!isPrepared(sort) || prepared.has(sort)) return;
    await write('prepareOrder', sort, options);
    prepared.add(sort);
  };
}

/** The public face of an index over its threads. */
export function createImageIndex(threads: IndexThreads, regexpTimeoutMs: number): SqliteIndex {
  const { read, readLong, write } = threads;
  const prepareOrderOnce = orderPreparer(threads);
  const limit = {
    milliseconds: regexpTimeoutMs,
    error: () => new IndexError('regexp-timeout', `The expression took longer than ${regexpTimeoutMs} ms`),
  };
  return {
    update: (roots, options) =>
      threads.update(
        roots.map((root) => resolve(root)),
        options,
      ),
    watch: (roots, options) =>
      threads.watch(
        roots.map((root) => resolve(root)),
        options,
      ),
    subscribe: (listener) => threads.subscribe(listener),
    searchBySubstring: async (query, options) =>
      unpackPage(
        await (query.regexp === undefined || query.regexp === ''
          ? read('searchBySubstring', query, options)
          : readLong('searchBySubstring', query, { ...options, limit })),
      ),
    searchByTags: async (query, options) => unpackPage(await read('searchByTags', query, options)),
    search: async (query, options) => {
      const { sort = 'newest' } = query;
      if (sort === 'newest') return unpackPage(await read('search', query, options));
      await prepareOrderOnce(sort, options);
      return unpackPage(await readLong('search', query, options));
    },
    searchLayout: async (query, options) => {
      await prepareOrderOnce(query.sort ?? 'newest', options);
      return readLong('searchLayout', query, options);
    },
    complete: async (query, options) => {
      if (query.limit !== undefined) checkCount('limit', query.limit);
      // No index knows what made the images: all are counted now and then.
      const ask = query.field === 'generator' ? readLong : read;
      return ask('completions', query, options);
    },
    basicInfo: ({ roots = [], ...options } = {}) =>
      read(
        'basicInfo',
        roots.map((root) => resolve(root)),
        options,
      ),
    images: (paths, options) => read('images', paths, options),
    imagesById: (ids, options) => read('imagesById', ids, options),
    infotexts: (paths, options) => read('infotexts', paths, options),
    randomImages: async (count, options) => {
      checkCount('count', count);
      return read('randomImages', count, options);
    },
    folderCovers: async (folders, count, options) => {
      checkCount('count', count);
      return read('folderCovers', { folders, count }, options);
    },
    statistics: (options) => readLong('statistics', undefined, options),
    reservePaths: (paths, options) => write('reservePaths', paths, options),
    releasePaths: (paths, options) => write('releasePaths', paths, options),
    movePaths: (changes, options) => write('movePaths', changes, options),
    removePaths: (paths, options) => write('removePaths', paths, options),
    setInfotext: (path, text, options) => write('setInfotext', { path, text }, options),
    createTag: (name, options) => write('createTag', name, options),
    setTag: (paths, tagId, action, options) => write('setTag', { paths, tagId, action }, options),
    toggleTag: (path, tagId, options) => write('toggleTag', { path, tagId }, options),
    updateTag: (tagId, change, options) => write('updateTag', { tagId, ...change }, options),
    removeTag: (tagId, options) => write('removeTag', tagId, options),
    mergeTags: (tagId, into, options) => write('mergeTags', { tagId, into }, options),
    tagsOf: (paths, options) => read('tagsOf', paths, options),
    tagsById: (ids, options) => read('tagsById', ids, options),
    autoTagRules: (options) => read('autoTagRules', undefined, options),
    tryAutoTagRule: (request, options) => readLong('tryAutoTagRule', request, options),
    setAutoTagRules: (rules, options) => applyRules(threads, rules, options),
    setRating: async (paths, rating, options) => {
      if (!Number.isInteger(rating) || rating < 0 || rating > 5) {
        throw new RangeError(`rating must be a whole number from 0 to 5, not ${rating}`);
      }
      return write('setRating', { paths, rating }, options);
    },
    setNote: (path, note, options) => write('setNote', { path, note }, options),
    annotationsOf: (paths, options) => read('annotationsOf', paths, options),
    exportAnnotations: (options = {}) => exportMarkLines(threads, options.signal),
    importAnnotations: (lines, options = {}) => importMarkLines(threads, lines, options.signal),
    savedSearches: (options) => read('savedSearches', undefined, options),
    saveSearch: async (name, query, options) => {
      parseQuery(query.query ?? '');
      return write('saveSearch', { name, query }, options);
    },
    removeSavedSearch: (name, options) => write('removeSavedSearch', name, options),
    settings: (options) => read('settings', undefined, options),
    setSetting: (name, value, options) => write('setSetting', { name, value }, options),
    removeSetting: (name, options) => write('removeSetting', name, options),
    extraPaths: (options) => read('extraPaths', undefined, options),
    addExtraPath: (path, types, options) => write('addExtraPath', { path, types }, options),
    removeExtraPath: (path, types, options) => write('removeExtraPath', { path, types }, options),
    setAlias: (path, alias, options) => write('setAlias', { path, alias }, options),
    saveEmbeddings: (model, embeddings, options) => write('saveEmbeddings', { model, embeddings }, options),
    saveEmbeddingFailures: (model, failures, options) =>
      write('saveEmbeddingFailures', { model, failures }, options),
    embeddingStates: (model, paths, options) => read('embeddingStates', { model, paths }, options),
    embeddingOf: (model, path, options) => read('embeddingOf', { model, path }, options),
    embeddings: (model, options = {}) => storedEmbeddings(threads, model, options),
    similarImages: (query, options) => readLong('similarImages', query, options),
    cachedTitle: (key, options) => read('cachedTitle', key, options),
    saveTitle: (key, title, options) => write('saveTitle', { key, title }, options),
    cachedClusters: (key, options) => read('cachedClusters', key, options),
    saveClusters: (key, clusters, options) => write('saveClusters', { key, clusters }, options),
    savePerceptualHashes: (hashes, options) => write('savePerceptualHashes', hashes, options),
    perceptualHashOf: (path, options) => read('perceptualHashOf', path, options),
    nearDuplicates: (hash, distance, options) => readLong('nearDuplicates', { hash, distance }, options),
    jobs: (options) => read('jobs', undefined, options),
    jobResult: (id, options) => read('jobResult', id, options),
    saveJob: (job, result, options) => write('saveJob', { job, result }, options),
    removeJobs: (ids, options) => write('removeJobs', ids, options),
    backUp: ({ kept, ...options } = {}) => {
      if (kept !== undefined && !(Number.isSafeInteger(kept) && kept >= 1)) {
        return Promise.reject(new RangeError(`kept must be a whole number from 1 up, not ${kept}`));
      }
      return write('backUp', kept, options);
    },
    backups: (options) => read('backups', undefined, options),
    checkIntegrity: (options) => readLong('checkIntegrity', undefined, options),
    compact: (options) => write('compact', undefined, options),
    close: () => threads.close(),
  };
}
