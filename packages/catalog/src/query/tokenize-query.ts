import { IndexError } from '../roles/index-error.ts';

export type Comparison = ':' | '=' | '>' | '>=' | '<' | '<=';

export type QueryToken =
  | { readonly kind: 'open' | 'close' | 'or' | 'not'; readonly position: number }
  | { readonly kind: 'word'; readonly text: string; readonly position: number }
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly comparison: Comparison;
      readonly text: string;
      readonly position: number;
    };

const fieldStart = /([a-z]+)(:|>=|<=|=|>|<)/y;
const bareText = /[^\s()"]+/y;

/** Reads a quoted text from its opening quote on; `\"` and `\\` stand for themselves. */
function readQuoted(query: string, start: number): { text: string; end: number } {
  let text = '';
  for (let index = start + 1; index < query.length; index += 1) {
    const character = query[index] ?? '';
    if (character === '"') return { text, end: index + 1 };
    if (character === '\\' && /["\\]/.test(query[index + 1] ?? '')) index += 1;
    text += query[index] ?? '';
  }
  throw new IndexError('invalid-query', 'A quote is not closed', { details: { position: start } });
}

function readText(query: string, start: number): { text: string; end: number } {
  if (query[start] === '"') return readQuoted(query, start);
  bareText.lastIndex = start;
  const text = bareText.exec(query)?.[0] ?? '';
  return { text, end: start + text.length };
}

function readField(
  query: string,
  start: number,
  isField: (name: string) => boolean,
): { token: QueryToken; end: number } | undefined {
  fieldStart.lastIndex = start;
  const match = fieldStart.exec(query);
  const [whole, field = '', comparison] = match ?? [];
  if (whole === undefined || !isField(field)) return undefined;
  const { text, end } = readText(query, start + whole.length);
  return {
    token: { kind: 'field', field, comparison: comparison as Comparison, text, position: start },
    end,
  };
}

/** Splits a query into words, phrases, fields and signs. Names that `isField` does not know are words. */
export function tokenizeQuery(query: string, isField: (name: string) => boolean): QueryToken[] {
  const tokens: QueryToken[] = [];
  let position = 0;
  while (position < query.length) {
    const character = query[position] ?? '';
    const next = query[position + 1] ?? '';
    if (/\s/.test(character)) position += 1;
    else if (character === '(' || character === ')') {
      tokens.push({ kind: character === '(' ? 'open' : 'close', position });
      position += 1;
    } else if (character === '-' && /[^\s)-]/.test(next)) {
      tokens.push({ kind: 'not', position });
      position += 1;
    } else {
      const field = readField(query, position, isField);
      if (field === undefined) {
        const isQuoted = character === '"';
        const { text, end } = readText(query, position);
        tokens.push(text === 'OR' && !isQuoted ? { kind: 'or', position } : { kind: 'word', text, position });
        position = end;
      } else {
        tokens.push(field.token);
        position = field.end;
      }
    }
  }
  return tokens;
}
