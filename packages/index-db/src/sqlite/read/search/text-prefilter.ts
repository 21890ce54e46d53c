import type { Sqlite } from '../../connection/sqlite.ts';
import { documentCount, ngramFrequencies } from './ngram-frequencies.ts';
import { textConstraints } from '../../../ngram-index/text-constraints.ts';
import { type TextExpression, textExpression } from '../../../ngram-index/text-expression.ts';
import { vocabularyOf } from './vocabulary.ts';

/** A question to `search_text` that every image answers whose path or text holds all of these folded needles. */
export function prefilterByText(db: Sqlite, needles: readonly string[]): TextExpression | undefined {
  const knowledge = { vocabulary: vocabularyOf(db), frequency: ngramFrequencies(db) };
  const constraints = needles.flatMap((needle) => textConstraints(needle, knowledge));
  return textExpression(constraints, documentCount(db));
}
