import { splitTerms } from './query-term.ts';

/** The part of a query to underline for an error that the server reports at an offset. */
export function errorSpan(query: string, offset: number): { readonly start: number; readonly end: number } {
  const term = splitTerms(query).find(({ start, end }) => offset >= start && offset < end);
  if (term === undefined) return { start: Math.min(offset, query.length), end: query.length };
  // In a group, only the part at the offset: the whole group would not show where the error is.
  if (query[term.start] !== '(' && query[term.start] !== '-') return term;
  const part = /^(?:[a-z]+[:=<>]+)?(?:"[^"]*"?|[^\s()]+|[()])/.exec(query.slice(offset))?.[0] ?? '';
  return { start: offset, end: offset + Math.max(1, part.length) };
}
