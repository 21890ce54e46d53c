import { type IndexedImage, IndexError, type Page } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { type TextRow, imageColumns, toIndexedImage } from './image-row.ts';
import { Shuffle } from '../../connection/shuffle.ts';
import { newSeed, type OrderPlace, walkOrder } from './walk-order.ts';

export interface RandomQuery {
  /** A full-text expression over `search_tags`; undefined for every image. */
  readonly match: string | undefined;
  /** Whether an image matches the expression. */
  readonly matches: (id: number) => boolean;
  readonly accepts: (row: TextRow) => boolean;
  readonly cursor: string | undefined;
  readonly size: number;
  /** How many places are looked at before all matches are shuffled. */
  readonly mostWalked?: number;
}

interface RandomPosition {
  readonly seed: number;
  readonly after: OrderPlace | undefined;
}

const form = /^r(\d+)-(\d+)-(\d+)$/;

function readPosition(db: Sqlite, cursor: string | undefined): RandomPosition {
  if (cursor === undefined || cursor === '') return { seed: newSeed(db), after: undefined };
  const parts = form.exec(cursor);
  if (parts === null) throw new IndexError('invalid-cursor', `Not a cursor: ${cursor.slice(0, 80)}`);
  return { seed: Number(parts[1]), after: { key: Number(parts[2]), id: Number(parts[3]) } };
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

const placesAtOnce = 1000;
// Looking at so many places takes about as long as shuffling so many matches.
const mostWalked = 20_000;

/** The places to look at: some along the order, then all matches shuffled, for what is rare. */
function* placesAfter(
  db: Sqlite,
  { seed, after }: RandomPosition,
  query: RandomQuery,
): Generator<OrderPlace> {
  let last = after;
  const most = query.mostWalked ?? mostWalked;
  for (let walked = 0; walked < most; walked += placesAtOnce) {
    const places = walkOrder(db, { sort: 'random', seed }, last, placesAtOnce);
    for (const place of places) if (query.matches(place.id)) yield place;
    if (places.length < placesAtOnce) return;
    last = places.at(-1);
  }
  const shuffle = new Shuffle(seed);
  const reached = Number(last?.key ?? -1);
  yield* matchingIds(db, query.match)
    .map((id) => ({ id, key: shuffle.positionOf(id) }))
    .filter(({ key }) => key > reached)
    .sort((a, b) => a.key - b.key);
}

/** A page in an order that looks random and is the same for every page of one seed. */
export function randomPage(db: Sqlite, query: RandomQuery): Page<IndexedImage> {
  const position = readPosition(db, query.cursor);
  const find = db.prepare<[number], TextRow>(
    `SELECT ${imageColumns}, NULL AS text FROM media_info m JOIN image i ON i.id = m.image_id WHERE m.image_id = ?`,
  );
  const items: IndexedImage[] = [];
  let last: OrderPlace | undefined;
  for (const place of placesAfter(db, position, query)) {
    const row = find.get(place.id);
    if (row === undefined || !query.accepts(row)) continue;
    if (items.length === query.size) {
      return { items, hasNext: true, next: `r${position.seed}-${last?.key ?? 0}-${last?.id ?? 0}` };
    }
    items.push(toIndexedImage(row));
    last = place;
  }
  return { items, hasNext: false, next: '' };
}
