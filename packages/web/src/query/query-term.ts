import { queryFields } from './query-fields.ts';

/** A top-level term of a query: a word, a phrase, a field with its value, or a group in parentheses. */
export interface QueryTerm {
  readonly kind: 'word' | 'field' | 'group';
  /** The source text, including a leading minus. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isNegated: boolean;
  /** The name of the field, such as `model`. */
  readonly field?: string;
  readonly comparison?: string;
  /** The value of a word or field, without quotes. */
  readonly value: string;
}

const knownFields: ReadonlySet<string> = new Set(queryFields);

const fieldPattern = /^([a-z]+)(:|>=|<=|=|>|<)(.*)$/s;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a query into its top-level terms, left to right. A query with an `OR` outside parentheses is a single group.
 * An unfinished term, such as an open quote, extends to the end of the query.
 */
export function parseTerms(query: string): QueryTerm[] {
  const spans = splitTerms(query);
  const [first] = spans;
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return [];
  if (spans.some(({ start, end }) => query.slice(start, end) === 'OR')) {
    const text = query.slice(first.start, last.end);
    return [{ kind: 'group', text, start: first.start, end: last.end, isNegated: false, value: text }];
  }
  return spans.map((span) => parseTerm(query, span));
}

function parseTerm(query: string, { start, end }: Span): QueryTerm {
  const text = query.slice(start, end);
  const { isNegated, bare } = splitNegation(text);
  const source = { text, start, end, isNegated };
  if (bare.startsWith('(')) {
    return { kind: 'group', ...source, value: bare.replaceAll(/^\(|\)$/g, '').trim() };
  }
  const found = splitField(bare);
  return found === undefined
    ? { kind: 'word', ...source, value: unquote(bare) }
    : { kind: 'field', ...source, ...found, value: unquote(found.value) };
}

/** A minus negates only what directly follows it. */
export function splitNegation(text: string): { readonly isNegated: boolean; readonly bare: string } {
  const isNegated = /^-[^\s)-]/.test(text);
  return { isNegated, bare: isNegated ? text.slice(1) : text };
}

/** The field, comparison and unparsed value of a term; undefined unless it starts with a known field. */
export function splitField(
  bare: string,
): { readonly field: string; readonly comparison: string; readonly value: string } | undefined {
  const [, field = '', comparison = '', value = ''] = fieldPattern.exec(bare) ?? [];
  return knownFields.has(field) ? { field, comparison, value } : undefined;
}

/** Splits at whitespace outside quotes and parentheses. */
export function splitTerms(query: string): Span[] {
  const spans: Span[] = [];
  let start: number | undefined;
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < query.length; index += 1) {
    const character = query[index] ?? '';
    if (isQuoted) {
      if (character === '\\') index += 1;
      else if (character === '"') isQuoted = false;
      continue;
    }
    if (/\s/.test(character) && depth === 0) {
      if (start !== undefined) spans.push({ start, end: index });
      start = undefined;
      continue;
    }
    start ??= index;
    if (character === '"') isQuoted = true;
    else if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
  }
  if (start !== undefined) spans.push({ start, end: query.length });
  return spans;
}

/** Removes quotes and escapes. An unclosed quote extends to the end of the value. */
export function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  let text = '';
  for (let index = 1; index < value.length && value[index] !== '"'; index += 1) {
    if (value[index] === '\\' && /["\\]/.test(value[index + 1] ?? '')) index += 1;
    text += value[index] ?? '';
  }
  return text;
}
