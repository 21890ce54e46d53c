import { dirname, sep } from 'node:path';
import type { CompletionQuery, NamedCount } from '@iib-kit/catalog';
import type { TagField } from '@iib-kit/catalog/query';
import { baseName, folderRange, foldText, isBeyondAscii, networkKey } from '@iib-kit/catalog/text';
import { networkName, tagTypes } from '../search/compile-query.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { TagRow } from '../../tables/tag-row.ts';
import { likePattern } from '../search/row-filter.ts';
import { type Scope, scopeOf } from './scope.ts';
import { type CountInScope, tagCountsIn } from './scoped-tag-counts.ts';

const defaultLimit = 20;

/** A name that can be completed to; `starts` are what a text may begin, the first holds what it may be in. */
interface Known extends NamedCount {
  readonly starts: readonly string[];
}

// A million rows are counted in a tenth of a second, and who types asks again and again.
const countedAgainAfterMs = 30_000;

function remembered(count: (db: Sqlite, scope?: Scope) => readonly Known[]) {
  const counted = new WeakMap<
    Sqlite,
    { readonly at: number; readonly of: string; readonly known: readonly Known[] }
  >();
  return (db: Sqlite, scope?: Scope): readonly Known[] => {
    const before = counted.get(db);
    const of = JSON.stringify(scope?.parameters ?? 'everything');
    if (before?.of === of && performance.now() - before.at < countedAgainAfterMs) return before.known;
    const known = count(db, scope);
    counted.set(db, { at: performance.now(), of, known });
    return known;
  };
}

const generators = remembered((db, scope) =>
  db
    .prepare<string[], NamedCount>(
      `SELECT generator AS name, count(*) AS count FROM media_info m WHERE generator <> '' AND ${scope?.sql ?? 'true'}
       GROUP BY generator`,
    )
    .all(...(scope?.parameters ?? []))
    .map(({ name, count }) => ({ name, count, starts: [foldText(name)] })),
);

/** Folders with how many images are in each at any depth; those above every root hold the same as what is below. */
const folders = remembered((db) => {
  const own = db
    .prepare<[], NamedCount>(
      `SELECT f.path AS name, m.count FROM (SELECT folder_id, count(*) AS count FROM media_info GROUP BY folder_id) m
       JOIN folders f ON f.id = m.folder_id`,
    )
    .all();
  const counts = new Map<string, number>();
  for (const { name, count } of own) {
    for (let folder = name; ; folder = dirname(folder)) {
      counts.set(folder, (counts.get(folder) ?? 0) + count);
      if (dirname(folder) === folder) break;
    }
  }
  return Array.from(counts, ([name, count]) => {
    const path = foldText(name);
    return { name, count, starts: [path, baseName(path)] };
  });
});

interface TagQuestion {
  readonly field: TagField;
  readonly text: string;
  readonly most: number;
}

function tagsThat(db: Sqlite, asked: TagQuestion, scope: Scope | undefined): readonly NamedCount[] {
  if (scope !== undefined) return bestTagsIn(db, asked, tagCountsIn(db, scope));
  return bestTags(db, asked.field, asked.text, asked.most);
}

interface Found extends NamedCount {
  /** 1 where it begins with what was typed, 0 where it contains it. */
  readonly isFirst: number;
}

const toNamedCount = ({ name, count }: NamedCount): NamedCount => ({ name, count });

function before(a: Found, b: Found): number {
  return b.isFirst - a.isFirst || b.count - a.count || (a.name < b.name ? -1 : 1);
}

function bestOf(known: readonly Known[], text: string, limit: number): NamedCount[] {
  const begins = ({ starts }: Known): boolean => starts.some((start) => start.startsWith(text));
  return known
    .filter(({ starts }) => starts[0]?.includes(text) === true)
    .map((item) => ({ name: item.name, count: item.count, isFirst: Number(begins(item)) }))
    .sort(before)
    .slice(0, limit)
    .map(toNamedCount);
}

/** SQLite tests the names, so that few of hundreds of thousands become objects. */
function tagsWith(
  db: Sqlite,
  condition: string,
  types: readonly string[],
  text: string,
  most: number,
  name = 'name',
) {
  // LIKE knows the case of ASCII letters only.
  const isAscii = !isBeyondAscii(text);
  const contains = isAscii ? `${name} LIKE ? ESCAPE '\\'` : `contains_folded(${name}, ?)`;
  const begins = isAscii ? contains : `begins_folded(${name}, ?)`;
  const pattern = isAscii ? likePattern(text) : text;
  return db
    .prepare<(string | number)[], Found>(
      `SELECT name, sum(count) AS count, ${begins} AS isFirst FROM tag WHERE count > 0 AND ${condition} AND ${contains}
       GROUP BY name ORDER BY isFirst DESC, count DESC, name LIMIT ?`,
    )
    .all(isAscii ? pattern.slice(1) : pattern, ...types, pattern, most);
}

// As the indexes of tags have them, so that SQLite uses these.
const notOfPrompt = `type <> 'pos'`;
const inUse = `type = 'pos' AND count >= 8`;

function bestTags(db: Sqlite, field: TagField, text: string, most: number): readonly NamedCount[] {
  const types = tagTypes[field];
  if (types !== undefined) {
    const ofType = `${notOfPrompt} AND type IN (${types.map(() => '?').join(', ')})`;
    return types === tagTypes.lora
      ? tagsWith(db, ofType, types, networkKey(text), most, networkName)
      : tagsWith(db, ofType, types, text, most);
  }
  const used = tagsWith(db, inUse, [], text, most);
  const named = tagsWith(db, notOfPrompt, [], text, most);
  const isEnough = used.length === most && used.every(({ isFirst }) => isFirst === 1);
  if (!isEnough) return tagsWith(db, 'true', [], text, most);
  const count = db.prepare<[string], number>('SELECT sum(count) FROM tag WHERE name = ?').pluck();
  // A name may be in both lists, and be that of a rare tag besides.
  const names = new Map([...used, ...named].map((tag) => [tag.name, tag]));
  return Array.from(names.values(), (tag) => ({ ...tag, count: count.get(tag.name) ?? 0 }))
    .sort(before)
    .slice(0, most);
}

/** The same of a scope, whose counts no index of tags has. */
function bestTagsIn(
  db: Sqlite,
  { field, text, most }: TagQuestion,
  countOf: CountInScope,
): readonly NamedCount[] {
  const types = tagTypes[field];
  const isNetwork = types === tagTypes.lora;
  const keyOf = isNetwork ? networkKey : foldText;
  const typed = keyOf(text);
  const rows = db
    .prepare<string[], Pick<TagRow, 'id' | 'count'> & { name: string }>(
      `SELECT id, name, count FROM tag WHERE contains_folded(${isNetwork ? networkName : 'name'}, ?)
       AND ${types === undefined ? 'true' : `type IN (${types.map(() => '?').join(', ')})`}`,
    )
    .iterate(typed, ...(types ?? []));
  const counts = new Map<string, number>();
  for (const row of rows) {
    const count = countOf(row);
    if (count > 0) counts.set(row.name, (counts.get(row.name) ?? 0) + count);
  }
  return Array.from(counts, ([name, count]) => ({
    name,
    count,
    isFirst: Number(keyOf(name).startsWith(typed)),
  }))
    .sort(before)
    .slice(0, most);
}

/** Finds what a text that somebody types may become. */
export function completions(db: Sqlite, { field, text, limit, inside }: CompletionQuery): NamedCount[] {
  const typed = foldText(text);
  const most = limit ?? defaultLimit;
  switch (field) {
    case 'generator':
      return bestOf(generators(db, scopeOf(db, inside)), typed, most);
    case 'folder': {
      const ranges = inside?.map(folderRange);
      const visible = folders(db).filter(
        ({ name }) =>
          ranges === undefined || ranges.some(({ from, to }) => name + sep >= from && name + sep < to),
      );
      return bestOf(visible, typed, most);
    }
    case 'tag':
    case 'model':
    case 'sampler':
    case 'lora':
    case 'source':
      return tagsThat(db, { field, text: typed, most }, scopeOf(db, inside)).map(toNamedCount);
    default:
      return field satisfies never;
  }
}
