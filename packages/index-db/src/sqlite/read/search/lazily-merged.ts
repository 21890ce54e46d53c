import { type DatePosition, isNewer } from './cursor.ts';
import type { ImageRow } from './image-row.ts';

/** Rows from new to old, none newer than a position: what comes before it is taken without opening the stream. */
export interface LazyStream {
  readonly newest: DatePosition;
  readonly open: () => IterableIterator<ImageRow>;
}

interface Head {
  row: ImageRow;
  readonly rest: IterableIterator<ImageRow>;
}

/** The rows of all streams, newest first. A stream is opened once what it may begin with is due. */
export function* lazilyMerged(streams: readonly LazyStream[]): Generator<ImageRow> {
  const closed = streams.toSorted((a, b) => (isNewer(a.newest, b.newest) ? 1 : -1));
  const heads: Head[] = [];
  try {
    while (true) {
      let newest = newestOf(heads);
      for (
        let next = closed.at(-1);
        next && !(newest && isNewer(newest.row, next.newest));
        next = closed.at(-1)
      ) {
        closed.pop();
        const rest = next.open();
        const first = rest.next();
        if (first.done !== true) heads.push({ row: first.value, rest });
        newest = newestOf(heads);
      }
      if (newest === undefined) return;
      yield newest.row;
      const following = newest.rest.next();
      if (following.done === true) heads.splice(heads.indexOf(newest), 1);
      else newest.row = following.value;
    }
  } finally {
    for (const { rest } of heads) rest.return?.();
  }
}

function newestOf(heads: readonly Head[]): Head | undefined {
  let newest = heads[0];
  for (const head of heads) if (newest && isNewer(head.row, newest.row)) newest = head;
  return newest;
}
