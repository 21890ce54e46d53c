import { randomInt } from 'node:crypto';
import type { IndexedImage } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { imageColumns, type ImageRow, toIndexedImage } from './image-row.ts';

// Documents that were replaced leave gaps; this many tries find what there is unless nearly all are gaps.
const triesPerImage = 8;

/** Images picked by chance, each at most once; fewer where there are fewer. */
export function randomImages(db: Sqlite, count: number): readonly IndexedImage[] {
  const last = db.prepare<[], number>('SELECT max(doc) FROM media_info').pluck().get() ?? 0;
  const find = db.prepare<[number], ImageRow>(
    `SELECT ${imageColumns} FROM media_info m JOIN image i ON i.id = m.image_id WHERE m.doc = ?`,
  );
  if (last <= count * 2) return allShuffled(db, count);
  const picked = new Map<number, IndexedImage>();
  for (let tries = 0; picked.size < count && tries < count * triesPerImage; tries += 1) {
    const row = find.get(randomInt(1, last + 1));
    if (row !== undefined) picked.set(row.id, toIndexedImage(row));
  }
  return picked.size < count ? allShuffled(db, count) : [...picked.values()];
}

function allShuffled(db: Sqlite, count: number): readonly IndexedImage[] {
  return db
    .prepare<[number], ImageRow>(
      `SELECT ${imageColumns} FROM media_info m JOIN image i ON i.id = m.image_id ORDER BY random() LIMIT ?`,
    )
    .all(count)
    .map(toIndexedImage);
}
