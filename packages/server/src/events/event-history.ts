import { randomBytes } from 'node:crypto';

/** How many events are remembered for those who come back, and how many paths in them all. */
export const MAX_HISTORY_EVENTS = 500;
export const MAX_HISTORY_PATHS = 50_000;

/** An event with its place in the order of all. */
export interface PastEvent<T> {
  readonly id: string;
  readonly event: T;
}

/** The latest events, in order. Ids tell runs of the server apart. */
export interface EventHistory<T> {
  /** The id of the latest event, or the place before the first. */
  cursor(): string;
  /** `size` counts the paths that the event carries. */
  append(event: T, size: number): PastEvent<T>;
  /** What came after a cursor; undefined where that is not known (any more). */
  since(cursor: string): readonly PastEvent<T>[] | undefined;
}

export function createEventHistory<T>(): EventHistory<T> {
  const run = randomBytes(6).toString('hex');
  const idOf = (number: number): string => `${run}-${number}`;
  const past: (PastEvent<T> & { readonly size: number })[] = [];
  let latest = 0;
  let paths = 0;
  return {
    cursor: () => idOf(latest),
    append(event, size) {
      latest += 1;
      paths += size;
      const added = { id: idOf(latest), event, size };
      past.push(added);
      while (past.length > MAX_HISTORY_EVENTS || paths > MAX_HISTORY_PATHS) paths -= past.shift()?.size ?? 0;
      return added;
    },
    since(cursor) {
      const number = Number(/^\w+-(\d{1,15})$/.exec(cursor)?.[1]);
      const isKnown = cursor === idOf(number) && number <= latest && number >= latest - past.length;
      return isKnown ? past.slice(past.length - (latest - number)) : undefined;
    },
  };
}
