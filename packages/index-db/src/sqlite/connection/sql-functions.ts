import { compileRegexp } from './compile-regexp.ts';
import { throwIfCancelled } from './cancellation.ts';
import { baseName, foldText } from '@iib-kit/catalog/text';
import { Shuffle } from './shuffle.ts';
import type { Sqlite } from './sqlite.ts';

/** Teaches a connection what compiled queries call. Needles come folded, texts as they are. */
export function addSqlFunctions(db: Sqlite): void {
  const deterministic = { deterministic: true };
  db.function('base_name', deterministic, (path: unknown) =>
    typeof path === 'string' ? baseName(path) : null,
  );
  db.function('folded', deterministic, (text: unknown) => (typeof text === 'string' ? foldText(text) : null));
  db.function('contains_folded', deterministic, (text: unknown, needle: unknown) => {
    throwIfCancelled();
    return typeof text === 'string' && foldText(text).includes(String(needle)) ? 1 : 0;
  });
  db.function('begins_folded', deterministic, (text: unknown, needle: unknown) =>
    typeof text === 'string' && foldText(text).startsWith(String(needle)) ? 1 : 0,
  );
  db.function('equals_folded', deterministic, (text: unknown, needle: unknown) =>
    typeof text === 'string' && foldText(text) === needle ? 1 : 0,
  );
  const expressionOf = lastExpression();
  db.function('matches_regexp', deterministic, (source: unknown, path: unknown, text: unknown) => {
    throwIfCancelled();
    const expression = expressionOf(String(source));
    const isFound =
      (typeof path === 'string' && (expression.test(path) || expression.test(baseName(path)))) ||
      (typeof text === 'string' && expression.test(text));
    return isFound ? 1 : 0;
  });
  db.function('shuffled', deterministic, (id: unknown, seed: unknown) =>
    new Shuffle(Number(seed)).positionOf(Number(id)),
  );
}

/** Expressions as searches mean them; the last one stays compiled, since it is asked for with each row. */
function lastExpression(): (source: string) => RegExp {
  let last = { source: '', expression: compileRegexp('') };
  return (source) => {
    if (source !== last.source) last = { source, expression: compileRegexp(source) };
    return last.expression;
  };
}
