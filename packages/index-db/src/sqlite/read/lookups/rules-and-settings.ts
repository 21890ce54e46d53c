import type { AutoTagRule, SearchQuery } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { autoTagRuleRows, toAutoTagRule, whyUnusable } from '../../tables/auto-tag-rule-row.ts';
import { parseStored } from '../../tables/stored-json.ts';

export function autoTagRules(db: Sqlite): readonly AutoTagRule[] {
  return autoTagRuleRows(db).flatMap((row) => toAutoTagRule(row) ?? []);
}

/** Rules that tag nothing, each in words with the reason. */
export function unusableAutoTagRules(db: Sqlite): readonly string[] {
  return autoTagRuleRows(db).flatMap((row, position) => {
    const reason = whyUnusable(row);
    if (reason === undefined) return [];
    const tag = row.tag_name === null ? row.tag_id : JSON.stringify(row.tag_name);
    return [`rule ${position + 1}, which gives the tag ${tag}: ${reason}`];
  });
}

/** Saved searches; one that cannot be read is left out. */
export function savedSearches(db: Sqlite): ReadonlyMap<string, SearchQuery> {
  const rows = db
    .prepare<[], [string, string]>('SELECT name, query FROM saved_search ORDER BY created, name')
    .raw()
    .all();
  return new Map(
    rows.flatMap(([name, json]) => {
      const query = parseStored(json);
      return typeof query === 'object' && query !== null ? [[name, query] as const] : [];
    }),
  );
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
