import { IndexError } from '@iib-kit/catalog';
import { parseLocalDate } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';

/** A place in the order of time; a page goes on with what is older, or as old with a smaller id. */
export interface DatePosition {
  /** Microseconds since 1970. */
  readonly modified: number;
  readonly id: number;
}

const ours = /^d(-?\d+)-(\d+)$/;
// IIB 1.6 gives the date of the last row, IIB 1.9 its id as well.
const iib = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\|(\d+))?$/;

export function printDatePosition({ modified, id }: DatePosition): string {
  return `d${modified}-${id}`;
}

function positionOfImage(db: Sqlite, id: number): DatePosition | undefined {
  return db
    .prepare<[number], DatePosition>('SELECT modified, image_id AS id FROM media_info WHERE image_id = ?')
    .get(id);
}

/** Reads a cursor of ours or of IIB; `''` is the beginning. Throws `invalid-cursor`. */
export function readDatePosition(db: Sqlite, cursor: string | undefined): DatePosition | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const own = ours.exec(cursor);
  if (own !== null) return { modified: Number(own[1]), id: Number(own[2]) };
  const foreign = iib.exec(cursor);
  if (foreign === null) throw new IndexError('invalid-cursor', `Not a cursor: ${cursor.slice(0, 80)}`);
  const exact = foreign[2] === undefined ? undefined : positionOfImage(db, Number(foreign[2]));
  return exact ?? { modified: parseLocalDate(foreign[1] ?? '') ?? 0, id: 0 };
}
