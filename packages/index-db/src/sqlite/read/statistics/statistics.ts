import { type DiskUse, type LibraryStatistics, mediaTypes, type NamedCount } from '@iib-kit/catalog';
import { foldText, localDayOf } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { TagRow } from '../../tables/tag-row.ts';
import { type Scope, scopeOf } from './scope.ts';
import { type CountInScope, tagCountsIn } from './scoped-tag-counts.ts';

const listed = 20;
/** Names looked at: each thing may have as many as three. */
const looked = 3 * listed;

// In microseconds.
const quarter = 900_000_000;

function topTags(db: Sqlite, types: readonly string[], scope: Scope | undefined): readonly NamedCount[] {
  return mostUsed(db, types, scope).slice(0, listed);
}

function topThings(db: Sqlite, type: string, scope: Scope | undefined): readonly NamedCount[] {
  return countedOnce(mostUsed(db, [type], scope)).slice(0, listed);
}

const modelEnding = /\.(?:safetensors|sft|ckpt|pt|pth|bin|gguf|onnx)$/i;

/**
 * The first of the names that spell one thing: an image carries the name of its model as it was recorded and without
 * folder and ending, and the name of its sampler in two cases.
 */
function countedOnce(tags: readonly NamedCount[]): readonly NamedCount[] {
  const seen = new Set<string>();
  return tags.filter(({ name }) => {
    const key = foldText(name.replace(/^.*[\\/]/, '').replace(modelEnding, ''));
    return !seen.has(key) && seen.add(key);
  });
}

function mostUsed(db: Sqlite, types: readonly string[], scope: Scope | undefined): readonly NamedCount[] {
  if (scope !== undefined) return topTagsIn(db, types, tagCountsIn(db, scope));
  return db
    .prepare<string[], NamedCount>(
      `SELECT name, sum(count) AS count FROM tag WHERE type IN (${types.map(() => '?').join(', ')}) AND count > 0
       GROUP BY name ORDER BY 2 DESC, name LIMIT ${looked}`,
    )
    .all(...types);
}

function topTagsIn(db: Sqlite, types: readonly string[], countOf: CountInScope): readonly NamedCount[] {
  const rows = db
    .prepare<string[], Pick<TagRow, 'id' | 'count'> & { name: string }>(
      `SELECT id, name, count FROM tag WHERE type IN (${types.map(() => '?').join(', ')})`,
    )
    .all(...types);
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.name, (counts.get(row.name) ?? 0) + countOf(row));
  return Array.from(counts, ([name, count]) => ({ name, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    .slice(0, looked);
}

function largestFolders(db: Sqlite, { where, parameters }: Counted): readonly DiskUse[] {
  return db
    .prepare<string[], DiskUse>(
      `SELECT f.path AS name, m.count, m.bytes
       FROM (SELECT folder_id, count(*) AS count, sum(bytes) AS bytes FROM media_info m ${where} GROUP BY folder_id
             ORDER BY 3 DESC LIMIT ${listed}) m JOIN folders f ON f.id = m.folder_id ORDER BY m.bytes DESC, f.path`,
    )
    .all(...parameters);
}

function byMediaType(db: Sqlite, { where, parameters }: Counted): readonly DiskUse[] {
  return db
    .prepare<string[], { media: number; count: number; bytes: number }>(
      `SELECT media, count(*) AS count, sum(bytes) AS bytes FROM media_info m ${where} GROUP BY media ORDER BY 3 DESC`,
    )
    .all(...parameters)
    .map(({ media, count, bytes }) => ({ name: mediaTypes[media] ?? 'image', count, bytes }));
}

/** Which rows are counted. */
interface Counted {
  /** Empty, or a condition. */
  readonly where: string;
  readonly parameters: readonly string[];
}

function byDay(db: Sqlite, { where, parameters }: Counted): readonly NamedCount[] {
  // Counting by quarters of an hour, at which all days of all time zones begin, leaves thousands of dates to format
  // instead of a million.
  // SQLite rounds towards zero, and knows the time zones of 1970 to 2037 alone.
  const quarters = db
    .prepare<string[], { quarter: number; count: number }>(
      `SELECT modified / ${quarter} - (modified % ${quarter} < 0) AS quarter, count(*) AS count
       FROM media_info m ${where} GROUP BY 1 ORDER BY 1`,
    )
    .all(...parameters);
  const days = new Map<string, number>();
  for (const { quarter: at, count } of quarters) {
    const { name } = localDayOf(at * quarter);
    days.set(name, (days.get(name) ?? 0) + count);
  }
  return Array.from(days, ([name, count]) => ({ name, count }));
}

/** How many images there are in these folders or at all, how large, from when and made with what. */
export function libraryStatistics(db: Sqlite, inside?: readonly string[]): LibraryStatistics {
  const scope = scopeOf(db, inside);
  const counted = {
    where: scope === undefined ? '' : `WHERE ${scope.sql}`,
    parameters: scope?.parameters ?? [],
  };
  const totals = db
    .prepare<string[], { imageCount: number; bytes: number }>(
      `SELECT count(*) AS imageCount, coalesce(sum(bytes), 0) AS bytes FROM media_info m ${counted.where}`,
    )
    .get(...counted.parameters) ?? { imageCount: 0, bytes: 0 };
  const days = byDay(db, counted);
  const months = new Map<string, number>();
  for (const { name, count } of days)
    months.set(name.slice(0, 7), (months.get(name.slice(0, 7)) ?? 0) + count);
  return {
    ...totals,
    days,
    months: [...months].map(([name, count]) => ({ name, count })),
    models: topThings(db, 'Model', scope),
    samplers: topThings(db, 'Sampler', scope),
    loras: topTags(db, ['lora', 'lyco'], scope),
    sources: topTags(db, ['Source Identifier'], scope),
    folders: largestFolders(db, counted),
    mediaTypes: byMediaType(db, counted),
  };
}
