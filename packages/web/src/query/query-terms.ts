/** A part of a query that stands beside others: a word, a phrase, a field with its value, or a group in brackets. */
export interface QueryTerm {
  readonly kind: 'word' | 'field' | 'group';
  /** As it stands in the query, its minus included. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isNegated: boolean;
  /** Of a field: `model`. */
  readonly field?: string;
  readonly comparison?: string;
  /** Of a word or field, without quotes. */
  readonly value: string;
}

export const numberFields = ['steps', 'cfg', 'seed', 'width', 'height', 'size', 'rating'] as const;
export const valueFields = ['tag', 'model', 'lora', 'sampler', 'source', 'generator', 'folder'] as const;
export type ValueField = (typeof valueFields)[number];
export const queryFields = [
  ...valueFields,
  ...numberFields,
  'date',
  'type',
  'has',
  'path',
  'name',
  'note',
] as const;
const knownFields: ReadonlySet<string> = new Set(queryFields);

const fieldForm = /^([a-z]+)(:|>=|<=|=|>|<)(.*)$/s;

interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts that a query is made of, left to right. One with an `OR` outside of brackets is one group; what is not
 * finished, as a quote that is still open, is taken as far as it goes.
 */
export function queryTerms(query: string): QueryTerm[] {
  const pieces = piecesOf(query);
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return [];
  if (pieces.some(({ start, end }) => query.slice(start, end) === 'OR')) {
    return [termOf(query, { start: first.start, end: last.end }, true)];
  }
  return pieces.map((piece) => termOf(query, piece, false));
}

function termOf(query: string, { start, end }: Piece, isWhole: boolean): QueryTerm {
  const text = query.slice(start, end);
  if (isWhole) return { kind: 'group', text, start, end, isNegated: false, value: text };
  const isNegated = /^-[^\s)-]/.test(text);
  const bare = isNegated ? text.slice(1) : text;
  const place = { text, start, end, isNegated };
  if (bare.startsWith('(')) return { kind: 'group', ...place, value: bare.replaceAll(/^\(|\)$/g, '').trim() };
  const [, field = '', comparison = '', value = ''] = fieldForm.exec(bare) ?? [];
  if (knownFields.has(field)) return { kind: 'field', ...place, field, comparison, value: unquoted(value) };
  return { kind: 'word', ...place, value: unquoted(bare) };
}

/** What blanks outside of quotes and brackets divide. */
function piecesOf(query: string): Piece[] {
  const pieces: Piece[] = [];
  let start: number | undefined;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < query.length; at += 1) {
    const character = query[at] ?? '';
    if (isQuoted) {
      if (character === '\\') at += 1;
      else if (character === '"') isQuoted = false;
      continue;
    }
    if (/\s/.test(character) && depth === 0) {
      if (start !== undefined) pieces.push({ start, end: at });
      start = undefined;
      continue;
    }
    start ??= at;
    if (character === '"') isQuoted = true;
    else if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
  }
  if (start !== undefined) pieces.push({ start, end: query.length });
  return pieces;
}

/** The text of a value; a quote that is not closed ends with the value. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  let text = '';
  for (let at = 1; at < value.length && value[at] !== '"'; at += 1) {
    if (value[at] === '\\' && /["\\]/.test(value[at + 1] ?? '')) at += 1;
    text += value[at] ?? '';
  }
  return text;
}

/** A value as it can stand in a query: in quotes where it must be. */
export function printValue(value: string): string {
  if (value !== '' && !/[\s()"]/.test(value) && value !== 'OR') return value;
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

export function printField(field: string, comparison: string, value: string): string {
  return `${field}${comparison}${printValue(value)}`;
}

/** The query with one part more. */
export function withTerm(query: string, term: string): string {
  const trimmed = query.trim();
  if (trimmed === '') return term;
  const terms = queryTerms(trimmed);
  if (terms.some(({ text }) => text === term)) return trimmed;
  const [only] = terms;
  const isAlternatives =
    terms.length === 1 && only?.kind === 'group' && only.text === trimmed && !/^-?\(/.test(trimmed);
  return `${isAlternatives ? `(${trimmed})` : trimmed} ${term}`;
}

/** The query without one of its parts. */
export function withoutTerm(query: string, { start, end }: QueryTerm): string {
  return [query.slice(0, start).trimEnd(), query.slice(end).trimStart()]
    .filter((part) => part !== '')
    .join(' ');
}

/** The query with one of its parts excluded, or included again. */
export function withTermTurned(query: string, term: QueryTerm): string {
  const isAlternatives = term.kind === 'group' && !/^-?\(/.test(term.text);
  const turned = term.isNegated ? term.text.slice(1) : `-${isAlternatives ? `(${term.text})` : term.text}`;
  return query.slice(0, term.start) + turned + query.slice(term.end);
}

/** Whether more must follow before it says something: a value, a closing sign, what a minus or `OR` is for. */
export function isUnfinished(query: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < query.length; at += 1) {
    const character = query[at] ?? '';
    if (isQuoted && character === '\\') at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '(') depth += 1;
    else if (!isQuoted && character === ')') depth -= 1;
  }
  const last = queryTerms(query).at(-1);
  const isWithoutValue = last?.kind === 'field' && /[:=<>]$/.test(last.text);
  return isQuoted || depth > 0 || isWithoutValue || /(?:^|\s)(?:OR|-)\s*$/.test(query);
}

/** What is being typed: the part of the query that ends at the caret. */
export interface TypedPart {
  /** Place in the query of what a completion replaces. */
  readonly start: number;
  readonly end: number;
  /** Undefined for a word that may become the name of a field. */
  readonly field: string | undefined;
  readonly comparison: string;
  readonly text: string;
}

export function typedPart(query: string, caret: number): TypedPart | undefined {
  const before = query.slice(0, caret);
  const piece = innermost(before);
  const bare = /^-[^\s)-]/.test(piece.text) ? { text: piece.text.slice(1), start: piece.start + 1 } : piece;
  const rest = /^[^\s()"]*/.exec(query.slice(caret))?.[0] ?? '';
  const [, field = '', comparison = '', value = ''] = fieldForm.exec(bare.text) ?? [];
  if (knownFields.has(field)) {
    const start = bare.start + field.length + comparison.length;
    const isQuoted = value.startsWith('"');
    const end = isQuoted ? endOfQuoted(query, start) : caret + rest.length;
    return { start, end, field, comparison, text: unquoted(value) };
  }
  if (bare.text.startsWith('"') || bare.text === '') return undefined;
  return { start: bare.start, end: caret + rest.length, field: undefined, comparison: '', text: bare.text };
}

/** The last part of an unfinished query, also inside of brackets. */
function innermost(query: string): { text: string; start: number } {
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < query.length; at += 1) {
    const character = query[at] ?? '';
    if (isQuoted) {
      if (character === '\\') at += 1;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (/[\s()]/.test(character)) start = at + 1;
  }
  return { text: query.slice(start), start };
}

function endOfQuoted(query: string, start: number): number {
  for (let at = start + 1; at < query.length; at += 1) {
    if (query[at] === '\\') at += 1;
    else if (query[at] === '"') return at + 1;
  }
  return query.length;
}

/** The part of a query that stands at a place where something is wrong. */
export function partAt(query: string, position: number): { start: number; end: number } {
  const found = piecesOf(query).find(({ start, end }) => position >= start && position < end);
  if (found === undefined) return { start: Math.min(position, query.length), end: query.length };
  // Inside of brackets the whole group would say little.
  if (query[found.start] !== '(' && query[found.start] !== '-') return found;
  const rest = /^(?:[a-z]+[:=<>]+)?(?:"[^"]*"?|[^\s()]+|[()])/.exec(query.slice(position))?.[0] ?? '';
  return { start: position, end: position + Math.max(1, rest.length) };
}
