import type { Comparison } from './tokenize-query.ts';
import type { NumberRange } from './query-node.ts';

const form = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;

/** The year, month or day that a text names, in the time zone of this machine: microseconds from, and up to. */
function span(text: string): { from: number; to: number } | undefined {
  const parts = form.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month, day] = parts
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  if ((month ?? 1) < 1 || (month ?? 1) > 12 || (day ?? 1) < 1 || (day ?? 1) > 31) return undefined;
  const from = new Date(year, (month ?? 1) - 1, day ?? 1);
  if (from.getMonth() !== (month ?? 1) - 1) return undefined;
  const to =
    month === undefined
      ? new Date(year + 1, 0, 1)
      : day === undefined
        ? new Date(year, month, 1)
        : new Date(year, month - 1, day + 1);
  return { from: from.getTime() * 1000, to: to.getTime() * 1000 };
}

/** The time that a comparison with a year, month, day or range of them leaves; undefined where it is none. */
export function parseDateRange(comparison: Comparison, text: string): NumberRange | undefined {
  const [first = '', last] = text.split('..');
  if (last !== undefined) {
    const from = first === '' ? undefined : span(first);
    const to = last === '' ? undefined : span(last);
    const isSound =
      (first === '' || from !== undefined) && (last === '' || to !== undefined) && text !== '..';
    if (!isSound || (comparison !== ':' && comparison !== '=')) return undefined;
    return { ...(from && { atLeast: from.from }), ...(to && { below: to.to }) };
  }
  const named = span(text);
  if (named === undefined) return undefined;
  switch (comparison) {
    case ':':
    case '=':
      return { atLeast: named.from, below: named.to };
    case '>':
      return { atLeast: named.to };
    case '>=':
      return { atLeast: named.from };
    case '<':
      return { below: named.from };
    case '<=':
      return { below: named.to };
    default:
      return comparison satisfies never;
  }
}
