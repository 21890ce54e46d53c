import type { Sqlite } from '../../connection/sqlite.ts';
import type { TagRow } from '../../tables/tag-row.ts';
import type { Scope } from './scope.ts';

/** How many images of a scope carry a tag, of which the database knows how many carry it at all. */
export type CountInScope = (tag: Pick<TagRow, 'id' | 'count'>) => number;

interface Counted {
  readonly scope: string;
  readonly version: unknown;
  /** When it was counted, and how long that took, in milliseconds. */
  readonly at: number;
  readonly took: number;
  readonly countOf: CountInScope;
}

// While somebody writes, counting again and again takes up to a tenth of the time, unless counts would be old.
const shareOfTime = 0.1;
const oldestMs = 3000;

const counted = new WeakMap<Sqlite, Counted>();

/** Counts the tags of a scope, or takes what was counted before: the same until anybody writes to the database. */
export function tagCountsIn(db: Sqlite, scope: Scope): CountInScope {
  const key = JSON.stringify(scope.parameters);
  const version = db.pragma('data_version', { simple: true });
  const known = counted.get(db);
  const now = performance.now();
  if (known?.scope === key) {
    if (known.version === version || now - known.at < Math.min(known.took / shareOfTime, oldestMs))
      return known.countOf;
  }
  const countOf = countTags(db, scope);
  const at = performance.now();
  counted.set(db, { scope: key, version, at, took: at - now, countOf });
  return countOf;
}

/** Looks at the smaller part: the images of the scope, or all others. */
function countTags(db: Sqlite, scope: Scope): CountInScope {
  const areInsideFewer = scope.inside * 2 <= scope.all;
  const rows = db
    .prepare<string[], [id: number, count: number]>(
      `SELECT t.tag_id, count(*) FROM media_info m JOIN image_tag t ON t.image_id = m.image_id
       WHERE ${areInsideFewer ? scope.sql : `NOT ${scope.holds}`} GROUP BY t.tag_id`,
    )
    .raw()
    .iterate(...scope.parameters);
  const counts = new Map<number, number>();
  for (const [id, count] of rows) counts.set(id, count);
  return areInsideFewer
    ? ({ id }) => counts.get(id) ?? 0
    : ({ id, count }) => Math.max(0, (count ?? 0) - (counts.get(id) ?? 0));
}

/**
 * Whether a tag may be named in a scope: one of its images has it, or none at all has it and its owner made it. The tag
 * of favourites is always there.
 */
export function isNamedIn(
  countOf: CountInScope,
  tag: Pick<TagRow, 'id' | 'count' | 'type' | 'name'>,
): boolean {
  if (countOf(tag) > 0) return true;
  return tag.type === 'custom' && ((tag.count ?? 0) === 0 || tag.name === 'like');
}
