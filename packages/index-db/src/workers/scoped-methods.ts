import { resolve } from 'node:path';
import type { CallOptions } from '@iib-kit/catalog';
import type { IndexThreads } from './index-threads.ts';
import type { SqliteIndex } from './sqlite-index.ts';

type ScopedMethod = 'basicInfo' | 'statistics' | 'ratingCounts' | 'tagsOf' | 'tagsById';

/** Who answers what counts images in some folders: it takes long where others lie outside of these. */
export async function poolFor(
  { readers, slowQueries }: IndexThreads,
  inside: readonly string[] | undefined,
  options?: CallOptions,
): Promise<IndexThreads['readers']> {
  if (inside === undefined || (await readers('isEverythingInside', [inside], options))) return readers;
  return slowQueries;
}

/** The methods that count, in all the library or in some folders. */
export function scopedMethods(threads: IndexThreads): Pick<SqliteIndex, ScopedMethod> {
  const { slowQueries } = threads;
  const absolute = (folders: readonly string[] | undefined): string[] | undefined =>
    folders?.map((folder) => resolve(folder));
  return {
    async basicInfo({ roots = [], inside, ...options } = {}) {
      const folders = absolute(inside);
      const ask = await poolFor(threads, folders, options);
      return ask(
        'basicInfo',
        [{ roots: absolute(roots) ?? [], ...(folders && { inside: folders }) }],
        options,
      );
    },
    statistics: ({ inside, ...options } = {}) => slowQueries('statistics', [absolute(inside)], options),
    ratingCounts: ({ inside, ...options } = {}) => slowQueries('ratingCounts', [absolute(inside)], options),
    async tagsOf(paths, { inside, ...options } = {}) {
      const folders = absolute(inside);
      return (await poolFor(threads, folders, options))('tagsOf', [paths, folders], options);
    },
    async tagsById(ids, { inside, ...options } = {}) {
      const folders = absolute(inside);
      return (await poolFor(threads, folders, options))('tagsById', [ids, folders], options);
    },
  };
}
