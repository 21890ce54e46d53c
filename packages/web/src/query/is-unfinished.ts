import { parseTerms } from './query-term.ts';

/** Whether a query ends inside a term: in an open quote or parenthesis, after `field:`, after `OR` or `-`. */
export function isUnfinished(query: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < query.length; index += 1) {
    const character = query[index] ?? '';
    if (isQuoted && character === '\\') index += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '(') depth += 1;
    else if (!isQuoted && character === ')') depth -= 1;
  }
  const last = parseTerms(query).at(-1);
  const isWithoutValue = last?.kind === 'field' && /[:=<>]$/.test(last.text);
  return isQuoted || depth > 0 || isWithoutValue || /(?:^|\s)(?:OR|-)\s*$/.test(query);
}
