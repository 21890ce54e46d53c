import type { AutoTagCondition, AutoTagRule, SearchQuery } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';

export function autoTagRules(db: Sqlite): readonly AutoTagRule[] {
  const rows = db
    .prepare<[], { tag_id: number; matching: 'all' | 'any'; conditions: string }>(
      'SELECT tag_id, matching, conditions FROM auto_tag_rule ORDER BY id',
    )
    .all();
  return rows.map(({ tag_id: tagId, matching, conditions }) => ({
    tagId,
    match: matching,
    conditions: JSON.parse(conditions) as AutoTagCondition[],
  }));
}

export function savedSearches(db: Sqlite): ReadonlyMap<string, SearchQuery> {
  const rows = db
    .prepare<[], [string, string]>('SELECT name, query FROM saved_search ORDER BY created, name')
    .raw()
    .all();
  return new Map(rows.map(([name, query]) => [name, JSON.parse(query) as SearchQuery]));
}

/** Settings as JSON values; what another program left that is no JSON comes as the text that it is. */
export function settings(db: Sqlite): ReadonlyMap<string, unknown> {
  const rows = db
    .prepare<[], [string, string | null]>('SELECT name, setting_json FROM global_setting ORDER BY name')
    .raw()
    .all();
  return new Map(rows.map(([name, json]) => [name, parseSetting(json ?? 'null')]));
}

function parseSetting(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}
