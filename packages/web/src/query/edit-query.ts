import { parseTerms, type QueryTerm } from './query-term.ts';

/** Adds a term unless the query already has it. A query of alternatives is put in parentheses first. */
export function withTerm(query: string, term: string): string {
  const trimmed = query.trim();
  if (trimmed === '') return term;
  const terms = parseTerms(trimmed);
  if (terms.some(({ text }) => text === term)) return trimmed;
  const [only] = terms;
  const isAlternatives =
    terms.length === 1 && only?.kind === 'group' && only.text === trimmed && !/^-?\(/.test(trimmed);
  return `${isAlternatives ? `(${trimmed})` : trimmed} ${term}`;
}

/** Removes a term. */
export function withoutTerm(query: string, { start, end }: QueryTerm): string {
  return [query.slice(0, start).trimEnd(), query.slice(end).trimStart()]
    .filter((part) => part !== '')
    .join(' ');
}

/** Negates a term, or removes its negation. */
export function withTermNegated(query: string, term: QueryTerm): string {
  const isAlternatives = term.kind === 'group' && !/^-?\(/.test(term.text);
  const turned = term.isNegated ? term.text.slice(1) : `-${isAlternatives ? `(${term.text})` : term.text}`;
  return query.slice(0, term.start) + turned + query.slice(term.end);
}
