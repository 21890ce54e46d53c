import { printValue } from '../query/print-term.ts';
import { completionFields, type CompletionField } from '@iib-kit/contract/vocabulary';
import { queryFields } from '../query/query-fields.ts';
import type { TypedPart } from '../query/typed-part.ts';

export interface Suggestion {
  readonly label: string;
  /** What takes the place of what was typed. */
  readonly text: string;
  /** How many images have it. */
  readonly count?: number;
  /** The name of a field, after which its value is typed. */
  readonly isField: boolean;
}

const choices: Readonly<Record<string, readonly string[]>> = {
  type: ['image', 'video', 'audio'],
  has: ['text', 'seed', 'rating', 'note', 'tag'],
};

/** Values that the server completes. A word of some length may be a tag. */
export function completionRequest(
  part: TypedPart | undefined,
): { field: CompletionField; prefix: string } | undefined {
  if (part === undefined) return undefined;
  if (part.field === undefined) return part.text.length < 2 ? undefined : { field: 'tag', prefix: part.text };
  const field = completionFields.find((name) => name === part.field);
  return field === undefined ? undefined : { field, prefix: part.text };
}

/** What may take the place of the part that is typed, fields first. */
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

/** The query with a suggestion in the place of what was typed, and where the caret is then. */
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
