import type { Accessor } from 'solid-js';

import { useAddressParameters } from '../address/address-parameter.ts';
import { querySorts, type QuerySort } from '@iib-kit/contract/vocabulary';

/**
 * How the text of a search is meant: in the query language, as it is in path or prompt, as a regular expression, by
 * its meaning; or not as a text, but as the path of an image that others are like.
 */
export const searchModes = ['query', 'text', 'regexp', 'meaning', 'similar', 'duplicates'] as const;
export type SearchMode = (typeof searchModes)[number];

/** Modes in which something is typed. */
export const typedModes = ['query', 'text', 'regexp', 'meaning'] as const satisfies readonly SearchMode[];

export interface SearchState {
  readonly mode: Accessor<SearchMode>;
  readonly query: Accessor<string>;
  readonly sort: Accessor<QuerySort>;
  /** Makes another random order. */
  readonly shuffle: Accessor<string>;
  readonly set: (change: SearchChange, how?: { readonly replace?: boolean }) => void;
}

export type SearchChange = Partial<{
  readonly mode: SearchMode;
  readonly query: string;
  readonly sort: QuerySort;
  readonly shuffle: string;
}>;

/** The search of the images, as the address has it. */
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
