import { ApiError } from '@iib-kit/client/browser';
import { createSignal } from 'solid-js';

export interface SearchProblem {
  readonly query: string;
  readonly message: string;
  /** Offset of the error in the query, if the server reports one. */
  readonly position: number | undefined;
}

/** Why the server rejected the current search; shown below the search box. */
export const [searchProblem, setSearchProblem] = createSignal<SearchProblem>();

/** Undefined for an error that is not about the query. */
export function problemOf(error: unknown, query: string): SearchProblem | undefined {
  if (!(error instanceof ApiError) || (error.status !== 400 && error.status !== 408)) return undefined;
  const { detail } = error;
  const [first] = Array.isArray(detail) ? detail : [];
  if (first === undefined) {
    return { query, message: typeof detail === 'string' ? detail : error.message, position: undefined };
  }
  const position = first.loc.at(-1);
  return { query, message: first.msg, position: typeof position === 'number' ? position : undefined };
}
