import { IndexError } from '../roles/index-error.ts';
import { mediaTypes } from '../roles/indexed-image.ts';
import { parseDateRange } from './parse-date-range.ts';
import { parseNumberRange } from './parse-number-range.ts';
import { numberFields, presenceFilters, type QueryNode, tagFields, textFields } from './query-node.ts';
import { type QueryToken, tokenizeQuery } from './tokenize-query.ts';

/** Brackets inside brackets, at most. */
export const maxQueryDepth = 50;
/** Words, fields and signs in one query, at most. */
export const maxQueryTokens = 500;

type FieldToken = Extract<QueryToken, { kind: 'field' }>;

const named = <T extends string>(list: readonly T[], name: string): T | undefined =>
  list.find((item) => item === name);

const fieldNames = new Set<string>([
  ...numberFields,
  ...textFields,
  ...tagFields,
  'date',
  'folder',
  'type',
  'has',
]);

function refuse(message: string, position: number): never {
  throw new IndexError('invalid-query', message, { details: { position } });
}

function requireText({ field, comparison, text, position }: FieldToken): { text: string; isWhole: boolean } {
  if (comparison !== ':' && comparison !== '=')
    refuse(`${field} takes a text, after ${field}: or ${field}=, not ${field}${comparison}`, position);
  if (text === '') refuse(`${field}: takes a text, such as ${field}:fox or ${field}:"red fox"`, position);
  return { text, isWhole: comparison === '=' };
}

function choice<T extends string>(list: readonly T[], token: FieldToken): T {
  const { text } = requireText(token);
  const chosen = named(list, text.toLowerCase());
  return (
    chosen ??
    refuse(`"${text}" is not known: ${token.field}: takes one of ${list.join(', ')}`, token.position)
  );
}

function fieldNode(token: FieldToken): QueryNode {
  const { field, comparison, text, position } = token;
  const number = named(numberFields, field);
  if (number !== undefined) {
    const range =
      parseNumberRange(comparison, text) ??
      refuse(
        `"${text}" is not a number: ${field}: takes one such as 512, or a range such as 512..1024`,
        position,
      );
    return { kind: 'number', field: number, range };
  }
  const textField = named(textFields, field);
  if (textField !== undefined) return { kind: 'field', field: textField, ...requireText(token) };
  const tagField = named(tagFields, field);
  if (tagField !== undefined) return { kind: 'tag', field: tagField, ...requireText(token) };
  if (field === 'date') {
    const range =
      parseDateRange(comparison, text) ??
      refuse(`"${text}" is not a date: date: takes YYYY, YYYY-MM, YYYY-MM-DD or a range of them`, position);
    return { kind: 'date', range };
  }
  if (field === 'folder') return { kind: 'folder', path: requireText(token).text };
  if (field === 'type') return { kind: 'type', media: mediaTypes.indexOf(choice(mediaTypes, token)) };
  return { kind: 'has', what: choice(presenceFilters, token) };
}

class Parser {
  readonly #tokens: readonly QueryToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly QueryToken[]) {
    this.#tokens = tokens;
  }

  whole(): QueryNode {
    if (this.#tokens.length === 0) return { kind: 'and', nodes: [] };
    const node = this.#alternatives();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) refuse('A bracket is closed that was not opened', rest.position);
    return node;
  }

  #alternatives(): QueryNode {
    const nodes = [this.#sequence()];
    while (this.#tokens[this.#at]?.kind === 'or') {
      this.#at += 1;
      nodes.push(this.#sequence());
    }
    const [only] = nodes;
    return nodes.length === 1 && only !== undefined ? only : { kind: 'or', nodes };
  }

  #sequence(): QueryNode {
    const nodes: QueryNode[] = [];
    const before = this.#tokens[this.#at - 1]?.position ?? 0;
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      if (token.kind === 'close' || token.kind === 'or') break;
      nodes.push(this.#term(token));
    }
    const [only] = nodes;
    if (only === undefined)
      return refuse('A word or a field is missing here', this.#tokens[this.#at]?.position ?? before);
    return nodes.length === 1 ? only : { kind: 'and', nodes };
  }

  #term(token: QueryToken): QueryNode {
    this.#at += 1;
    switch (token.kind) {
      case 'not':
        return this.#negation(token);
      case 'open':
        return this.#group(token);
      case 'word':
        return { kind: 'text', text: token.text };
      case 'field':
        return fieldNode(token);
      case 'or':
      case 'close':
        return refuse('A word or a field is missing here', token.position);
      default:
        return token satisfies never;
    }
  }

  #negation({ position }: QueryToken): QueryNode {
    const next = this.#tokens[this.#at];
    return {
      kind: 'not',
      node:
        next === undefined
          ? refuse('A word or a field is missing after the minus', position)
          : this.#term(next),
    };
  }

  #group({ position }: QueryToken): QueryNode {
    this.#depth += 1;
    if (this.#depth > maxQueryDepth)
      refuse(`More than ${maxQueryDepth} brackets inside each other`, position);
    const node = this.#alternatives();
    if (this.#tokens[this.#at]?.kind !== 'close') refuse('A bracket is not closed', position);
    this.#at += 1;
    this.#depth -= 1;
    return node;
  }
}

/** Understands a query; the grammar is in the README. Throws `invalid-query` with the position. */
export function parseQuery(query: string): QueryNode {
  const tokens = tokenizeQuery(query, (name) => fieldNames.has(name));
  if (tokens.length > maxQueryTokens)
    refuse(`More than ${maxQueryTokens} words`, tokens[maxQueryTokens]?.position ?? 0);
  return new Parser(tokens).whole();
}
