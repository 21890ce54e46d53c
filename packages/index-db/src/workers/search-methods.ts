import {
  type CallOptions,
  type ImageSearches,
  IndexError,
  type LibraryOverview,
  type QuerySort,
} from '@iib-kit/catalog';
import { type PreparedSort, preparedSorts } from '../sqlite/write/prepare-order.ts';
import { checkCount } from './check-inputs.ts';
import type { IndexThreads } from './index-threads.ts';
import { unpackPage } from './packed-page.ts';
import { poolFor } from './scoped-methods.ts';

type SearchMethods = Omit<ImageSearches, 'randomImages'> & Pick<LibraryOverview, 'complete'>;

/** Has the index of an order made, once for as long as the index is open. */
function orderPreparer({ writer }: IndexThreads) {
  const prepared = new Set<QuerySort>();
  const isPrepared = (sort: QuerySort): sort is PreparedSort => sort in preparedSorts;
  return async (sort: QuerySort, options?: CallOptions): Promise<void> => {
    if (!isPrepared(sort) || prepared.has(sort)) return;
    await writer('prepareOrder', [sort], options);
    prepared.add(sort);
  };
}

/** The methods whose thread depends on what is asked. */
export function searchMethods(threads: IndexThreads, regexpTimeoutMs: number): SearchMethods {
  const { readers, slowQueries, expressions } = threads;
  const prepareOrderOnce = orderPreparer(threads);
  const limit = {
    milliseconds: regexpTimeoutMs,
    error: () => new IndexError('regexp-timeout', `The expression took longer than ${regexpTimeoutMs} ms`),
  };
  return {
    searchBySubstring: async (query, options) =>
      unpackPage(
        await (query.regexp === undefined || query.regexp === ''
          ? readers('searchBySubstring', [query], options)
          : expressions('searchBySubstring', [query], { ...options, limit })),
      ),
    searchByTags: async (query, options) => unpackPage(await readers('searchByTags', [query], options)),
    search: async (query, options) => {
      const { sort = 'newest' } = query;
      if (sort === 'newest') return unpackPage(await readers('search', [query], options));
      await prepareOrderOnce(sort, options);
      return unpackPage(await slowQueries('search', [query], options));
    },
    searchLayout: async (query, options) => {
      await prepareOrderOnce(query.sort ?? 'newest', options);
      return slowQueries('searchLayout', [query], options);
    },
    complete: async (query, options) => {
      if (query.limit !== undefined) checkCount('limit', query.limit);
      // No index knows what made the images: all are counted now and then.
      const { field, inside } = query;
      const ask =
        field === 'generator'
          ? slowQueries
          : field === 'folder'
            ? readers
            : await poolFor(threads, inside, options);
      return ask('completions', [query], options);
    },
  };
}
