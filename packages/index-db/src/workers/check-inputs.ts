import { parseQuery } from '@iib-kit/catalog/query';
import type { InputsOf, TableMethod } from './method-table.ts';

export function checkCount(name: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError(`${name} must be a whole number from 1, not ${count}`);
}

function checkRating(rating: number): void {
  if (!Number.isInteger(rating) || rating < 0 || rating > 5)
    throw new RangeError(`rating must be a whole number from 0 to 5, not ${rating}`);
}

/** What is refused before a thread is asked. */
export const inputChecks: { readonly [K in TableMethod]?: (...inputs: InputsOf<K>) => void } = {
  randomImages: (count) => checkCount('count', count),
  folderCovers: (_, count) => checkCount('count', count),
  setRating: (_, rating) => checkRating(rating),
  saveSearch: (_, { query }) => void parseQuery(query ?? ''),
};
