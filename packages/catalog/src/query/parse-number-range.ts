import type { Comparison } from './tokenize-query.ts';
import type { NumberRange } from './query-node.ts';

const form = /^(-?\d+(?:\.\d+)?)(?:([kmg])i?b?)?$/i;
const units: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

function parseNumber(text: string): number | undefined {
  const parts = form.exec(text);
  return parts === null ? undefined : Number(parts[1]) * (units[parts[2]?.toLowerCase() ?? ''] ?? 1);
}

/** The numbers that a comparison leaves; undefined where the text is neither a number nor `a..b`. */
export function parseNumberRange(comparison: Comparison, text: string): NumberRange | undefined {
  const [first = '', last] = text.split('..');
  if (last !== undefined) {
    const atLeast = parseNumber(first);
    const atMost = parseNumber(last);
    const isSound =
      (first === '' || atLeast !== undefined) && (last === '' || atMost !== undefined) && text !== '..';
    if (!isSound || (comparison !== ':' && comparison !== '=')) return undefined;
    return { ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
  }
  const number = parseNumber(text);
  if (number === undefined) return undefined;
  switch (comparison) {
    case ':':
    case '=':
      return { atLeast: number, atMost: number };
    case '>':
      return { above: number };
    case '>=':
      return { atLeast: number };
    case '<':
      return { below: number };
    case '<=':
      return { atMost: number };
    default:
      return comparison satisfies never;
  }
}
