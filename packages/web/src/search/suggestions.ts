import { printValue } from '../query/print-term.ts';
import { completionFields, mediaTypes, type CompletionField } from '@iib-kit/contract/vocabulary';
import { queryFields } from '../query/query-fields.ts';
import type { TypedPart } from '../query/typed-part.ts';

export interface Suggestion {
  readonly label: string;
  /** What replaces the typed part. */
  readonly text: string;
  /** The number of matching images. */
  readonly count?: number;
  /** Whether it is a field, whose value is typed next. */
  readonly isField: boolean;
}

const choices: Readonly<Record<string, readonly string[]>> = {
  type: mediaTypes,
  has: ['text', 'seed', 'rating', 'note', 'tag'],
};

/** The completions to request for a typed part. A word of two or more letters may be a tag. */
export function completionRequest(
  part: TypedPart | undefined,
): { field: CompletionField; prefix: string } | undefined {
  if (part === undefined) return undefined;
  if (part.field === undefined) return part.text.length < 2 ? undefined : { field: 'tag', prefix: part.text };
  const field = completionFields.find((name) => name === part.field);
  return field === undefined ? undefined : { field, prefix: part.text };
}

/** What may replace the typed part, fields first. */
export function suggestionsFor(
  part: TypedPart | undefined,
  values: readonly { readonly value: string; readonly count: number }[],
): Suggestion[] {
  if (part === undefined) return [];
  const typed = part.text.toLowerCase();
  if (part.field === undefined) {
    const fields = queryFields
      .filter((field) => field.startsWith(typed))
      .map((field) => ({ label: `${field}:`, text: `${field}:`, isField: true }));
    const tags = values.map(({ value, count }) => ({
      label: `tag: ${value}`,
      text: `tag=${printValue(value)}`,
      count,
      isField: false,
    }));
    return [...fields, ...tags];
  }
  const fixed = (choices[part.field] ?? [])
    .filter((choice) => choice.startsWith(typed))
    .map((choice) => ({ label: choice, text: choice, isField: false }));
  return [
    ...fixed,
    ...values.map(({ value, count }) => ({ label: value, text: printValue(value), count, isField: false })),
  ];
}

/** Replaces the typed part of a query by a suggestion; also returns the new caret. */
export function withSuggestion(
  query: string,
  part: TypedPart,
  { text, isField }: Suggestion,
): { query: string; caret: number } {
  const before = query.slice(0, part.start) + text;
  const rest = query.slice(part.end);
  const gap = isField || /^[\s)]/.test(rest) ? '' : ' ';
  return { query: before + gap + rest, caret: before.length + gap.length };
}
