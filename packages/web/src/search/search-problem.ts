import { ApiError } from '@iib-kit/client/browser';
import { createSignal } from 'solid-js';

export interface SearchProblem {
  readonly query: string;
  readonly message: string;
  /** Place in the query of what is wrong, where the server tells it. */
  readonly position: number | undefined;
}

/** What the server does not understand of the search that is asked for; shown below the search box. */
export const [searchProblem, setSearchProblem] = createSignal<SearchProblem>();

/** Undefined for an error that is not about what was typed. */
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
