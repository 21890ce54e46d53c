import { parseInfotext } from '@iib-kit/metadata';
import type { AutoTagCondition, AutoTagField, AutoTagRule } from '../roles/auto-tag-rules.ts';
import { foldText } from '../text/fold-text.ts';
import { testWithLimit } from './timed-regexp.ts';

/** What rules look at. */
export interface TaggableImage {
  readonly path: string;
  readonly text: string;
}

type Fields = Readonly<Record<AutoTagField, string>>;

function fieldsOf({ path, text }: TaggableImage): Fields {
  const generation = parseInfotext(text)?.generation;
  return {
    path,
    text,
    prompt: generation?.prompt ?? '',
    negative_prompt: generation?.negativePrompt ?? '',
    model: generation?.model?.name ?? '',
    sampler: generation?.sampler ?? '',
  };
}

function meets(
  { operator, value }: AutoTagCondition,
  texts: readonly string[],
): readonly boolean[] | undefined {
  switch (operator) {
    case 'contains':
      return texts.map((text) => foldText(text).includes(foldText(value)));
    case 'equals':
      return texts.map((text) => foldText(text) === foldText(value));
    case 'regex':
      return testWithLimit(value, texts);
    default:
      return operator satisfies never;
  }
}

/** For each rule, which of the images meet it; a rule without conditions is met by none. */
export function matchRules(
  rules: readonly AutoTagRule[],
  images: readonly TaggableImage[],
): { readonly met: readonly (readonly boolean[])[]; readonly timedOut: readonly string[] } {
  const fields = images.map(fieldsOf);
  const timedOut = new Set<string>();
  const met = rules.map(({ match, conditions }) => {
    const columns = conditions.map((condition) => {
      const answers = meets(
        condition,
        fields.map((image) => image[condition.field]),
      );
      if (answers === undefined) timedOut.add(condition.value);
      return answers ?? images.map(() => false);
    });
    return images.map((_, index) => {
      if (columns.length === 0) return false;
      const answers = columns.map((column) => column[index] === true);
      return match === 'all' ? answers.every(Boolean) : answers.some(Boolean);
    });
  });
  return { met, timedOut: [...timedOut] };
}
