import type { Accessor } from 'solid-js';

import { useAddressParameters } from '../address/address-parameter.ts';
import { querySorts, type QuerySort } from '@iib-kit/contract/vocabulary';

/**
 * How a query is interpreted: in the query language, as exact text, as a regular expression, or by meaning; in the
 * modes `similar` and `duplicates` it is the path of an image.
 */
export const searchModes = ['query', 'text', 'regexp', 'meaning', 'similar', 'duplicates'] as const;
export type SearchMode = (typeof searchModes)[number];

/** Modes whose query is typed in the search box. */
export const typedModes = ['query', 'text', 'regexp', 'meaning'] as const satisfies readonly SearchMode[];

export interface SearchState {
  readonly mode: Accessor<SearchMode>;
  readonly query: Accessor<string>;
  readonly sort: Accessor<QuerySort>;
  /** A new value makes a new random order. */
  readonly shuffle: Accessor<string>;
  readonly set: (change: SearchChange, how?: { readonly replace?: boolean }) => void;
}

export type SearchChange = Partial<{
  readonly mode: SearchMode;
  readonly query: string;
  readonly sort: QuerySort;
  readonly shuffle: string;
}>;

/** The search in the address. */
export function useSearchState(): SearchState {
  const address = useAddressParameters({ mode: 'query', q: '', sort: 'newest', shuffle: '' });
  return {
    mode: () => searchModes.find((mode) => mode === address.values.mode()) ?? 'query',
    query: address.values.q,
    sort: () => querySorts.find((order) => order === address.values.sort()) ?? 'newest',
    shuffle: address.values.shuffle,
    set: ({ query, ...change }, how) =>
      address.set({ ...change, ...(query === undefined ? {} : { q: query }) }, how),
  };
}
