import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { LazyList } from '../../ports/lazy-list.ts';

/** Longer lists are written in pieces, so that other requests come in between. */
const LONG_LIST = 2000;

/** Items in one piece: some milliseconds of work. */
const ITEMS_AT_ONCE = 500;

/** The JSON text of a value; in pieces where a field of it is a long list. */
export function jsonBody(value: unknown): string | Readable {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const fields = Object.entries(value as Record<string, unknown>).filter(([, field]) => field !== undefined);
  const isLong = fields.some(([, field]) => isList(field) && field.length > LONG_LIST);
  return isLong ? Readable.from(pieces(fields), { objectMode: false }) : JSON.stringify(value);
}

async function* pieces(fields: readonly [string, unknown][]): AsyncGenerator<string> {
  for (const [position, [name, field]] of fields.entries()) {
    yield `${position === 0 ? '{' : ','}${JSON.stringify(name)}:`;
    if (isList(field)) yield* listPieces(field);
    else yield JSON.stringify(field);
  }
  yield '}';
}

async function* listPieces(list: List): AsyncGenerator<string> {
  yield '[';
  for (let start = 0; start < list.length; start += ITEMS_AT_ONCE) {
    // The list's own brackets around a piece go, and a comma parts it from the one before.
    const piece = JSON.stringify(list.slice(start, start + ITEMS_AT_ONCE)).slice(1, -1);
    yield start === 0 ? piece : `,${piece}`;
    await nextTurn();
  }
  yield ']';
}

type List = readonly unknown[] | LazyList<unknown>;

function isList(field: unknown): field is List {
  return Array.isArray(field) || field instanceof LazyList;
}
