import { splitField, splitNegation, unquote } from './query-term.ts';

/** The part of a query that ends at the caret and that a completion replaces. */
export interface TypedPart {
  /** Offset in the query of the replaced text. */
  readonly start: number;
  readonly end: number;
  /** Undefined for a word, which may become the name of a field. */
  readonly field: string | undefined;
  readonly comparison: string;
  readonly text: string;
}

/** Undefined where there is nothing to complete: between terms and in phrases. */
export function findTypedPart(query: string, caret: number): TypedPart | undefined {
  const before = query.slice(0, caret);
  const termStart = lastTermStart(before);
  const { isNegated, bare } = splitNegation(before.slice(termStart));
  const start = isNegated ? termStart + 1 : termStart;
  const rest = /^[^\s()"]*/.exec(query.slice(caret))?.[0] ?? '';
  const found = splitField(bare);
  if (found !== undefined) {
    const valueStart = start + found.field.length + found.comparison.length;
    const end = found.value.startsWith('"') ? quoteEnd(query, valueStart) : caret + rest.length;
    const { field, comparison, value } = found;
    return { start: valueStart, end, field, comparison, text: unquote(value) };
  }
  if (bare.startsWith('"') || bare === '') return undefined;
  return { start, end: caret + rest.length, field: undefined, comparison: '', text: bare };
}

/** Offset of the last term of an unfinished query, which may be inside parentheses. */
function lastTermStart(query: string): number {
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index < query.length; index += 1) {
    const character = query[index] ?? '';
    if (isQuoted) {
      if (character === '\\') index += 1;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (/[\s()]/.test(character)) start = index + 1;
  }
  return start;
}

function quoteEnd(query: string, start: number): number {
  for (let index = start + 1; index < query.length; index += 1) {
    if (query[index] === '\\') index += 1;
    else if (query[index] === '"') return index + 1;
  }
  return query.length;
}
