import { type DiskUse, type LibraryStatistics, mediaTypes, type NamedCount } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';

const listed = 20;

function topTags(db: Sqlite, types: readonly string[]): readonly NamedCount[] {
  return db
    .prepare<string[], NamedCount>(
      `SELECT name, sum(count) AS count FROM tag WHERE type IN (${types.map(() => '?').join(', ')}) AND count > 0
       GROUP BY name ORDER BY 2 DESC, name LIMIT ${listed}`,
    )
    .all(...types);
}

function largestFolders(db: Sqlite): readonly DiskUse[] {
  return db
    .prepare<[], DiskUse>(
      `SELECT f.path AS name, m.count, m.bytes
       FROM (SELECT folder_id, count(*) AS count, sum(bytes) AS bytes FROM media_info GROUP BY folder_id
             ORDER BY 3 DESC LIMIT ${listed}) m JOIN folders f ON f.id = m.folder_id ORDER BY m.bytes DESC, f.path`,
    )
    .all();
}

function byMediaType(db: Sqlite): readonly DiskUse[] {
  return db
    .prepare<[], { media: number; count: number; bytes: number }>(
      'SELECT media, count(*) AS count, sum(bytes) AS bytes FROM media_info GROUP BY media ORDER BY 3 DESC',
    )
    .all()
    .map(({ media, count, bytes }) => ({ name: mediaTypes[media] ?? 'image', count, bytes }));
}

/** How many images there are, how large, from when and made with what. */
export function libraryStatistics(db: Sqlite): LibraryStatistics {
  const totals = db
    .prepare<[], { imageCount: number; bytes: number }>(
      'SELECT count(*) AS imageCount, coalesce(sum(bytes), 0) AS bytes FROM media_info',
    )
    .get() ?? { imageCount: 0, bytes: 0 };
  // Counting by quarters of an hour, at which all days of all time zones begin, leaves thousands of dates to format
  // instead of a million.
  const days = db
    .prepare<[], { name: string; count: number }>(
      `SELECT date(quarter * 900, 'unixepoch', 'localtime') AS name, sum(images) AS count
       FROM (SELECT modified / 900000000 AS quarter, count(*) AS images FROM media_info GROUP BY 1) GROUP BY 1 ORDER BY 1`,
    )
    .all();
  const months = new Map<string, number>();
  for (const { name, count } of days)
    months.set(name.slice(0, 7), (months.get(name.slice(0, 7)) ?? 0) + count);
  return {
    ...totals,
    days,
    months: [...months].map(([name, count]) => ({ name, count })),
    models: topTags(db, ['Model']),
    samplers: topTags(db, ['Sampler']),
    loras: topTags(db, ['lora', 'lyco']),
    sources: topTags(db, ['Source Identifier']),
    folders: largestFolders(db),
    mediaTypes: byMediaType(db),
  };
}
