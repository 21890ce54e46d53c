import { randomInt } from 'node:crypto';
import { IndexError } from '../index-error.ts';
import type { IndexedImage, Page } from '../image-index.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { shuffledNumber } from './shuffled-number.ts';
import { type TextRow, imageColumns, toIndexedImage } from './image-row.ts';

export interface RandomQuery {
  /** A full-text expression over `search_tags`; undefined for every image. */
  readonly match: string | undefined;
  readonly accepts: (row: TextRow) => boolean;
  readonly cursor: string | undefined;
  readonly size: number;
}

interface RandomPosition {
  readonly seed: number;
  /** The shuffled number and the id of the last row; the next page goes on with greater ones. */
  readonly after: readonly [number, number];
}

const form = /^r(\d+)-(\d+)-(\d+)$/;

function readPosition(cursor: string | undefined): RandomPosition {
  if (cursor === undefined || cursor === '') return { seed: randomInt(1, 2 ** 31), after: [-1, 0] };
  const parts = form.exec(cursor);
  if (parts === null) throw new IndexError('invalid-cursor', `Not a cursor: ${cursor.slice(0, 80)}`);
  return { seed: Number(parts[1]), after: [Number(parts[2]), Number(parts[3])] };
}

function matchingIds(db: Sqlite, match: string | undefined): number[] {
  if (match === undefined) return db.prepare<[], number>('SELECT image_id FROM media_info').pluck().all();
  return db
    .prepare<[string], number>(
      `SELECT m.image_id FROM search_tags f CROSS JOIN media_info m ON m.doc = f.rowid WHERE f.search_tags MATCH ?`,
    )
    .pluck()
    .all(match);
}

/** A page in an order that looks random and is the same for every page of one seed. */
export function randomPage(db: Sqlite, { match, accepts, cursor, size }: RandomQuery): Page<IndexedImage> {
  const { seed, after } = readPosition(cursor);
  const shuffled = matchingIds(db, match)
    .map((id) => [shuffledNumber(id, seed), id] as const)
    .filter(([number, id]) => number > after[0] || (number === after[0] && id > after[1]))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const find = db.prepare<[number], TextRow>(
    `SELECT ${imageColumns}, NULL AS text FROM media_info m JOIN image i ON i.id = m.image_id WHERE m.image_id = ?`,
  );
  const items: IndexedImage[] = [];
  let last = after;
  for (const place of shuffled) {
    const row = find.get(place[1]);
    if (row === undefined || !accepts(row)) continue;
    if (items.length === size) return { items, hasNext: true, next: `r${seed}-${last[0]}-${last[1]}` };
    items.push(toIndexedImage(row));
    last = place;
  }
  return { items, hasNext: false, next: '' };
}
