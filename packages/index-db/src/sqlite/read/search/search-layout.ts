import type { LayoutQuery, QuerySort, SearchLayout } from '@iib-kit/catalog';
import type { QueryNode } from '@iib-kit/catalog/query';
import { type LocalDay, localDayOf } from '@iib-kit/catalog/text';
import { compileQuery } from './compile-query.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { throwIfCancelled } from '../../connection/cancellation.ts';
import { exactSets } from './exact-sets.ts';
import { areAllInside, isAnyInside } from './folders.ts';
import { LayoutBlocks } from './layout-blocks.ts';
import { checkedPageSize } from './page-of-plan.ts';
import { tagIdsIn, wholeNode } from './plan-query.ts';
import { queryPrefilter } from './prefilter.ts';
import { Shuffle } from '../../connection/shuffle.ts';
import type { OrderPosition } from './cursor.ts';
import { newSeed, orderKeys } from './walk-order.ts';

type SqlSort = Exclude<QuerySort, 'random'>;

const keys: Readonly<Record<SqlSort, { readonly sql: string; readonly direction: 'ASC' | 'DESC' }>> = {
  ...orderKeys,
  newest: { sql: 'm.modified', direction: 'DESC' },
};

const isByDate = (sort: SqlSort): boolean => sort === 'newest' || sort === 'oldest';

/** What to select from and the parameters of its conditions; undefined where every image matches. */
interface Matches {
  readonly from: string;
  readonly parameters: readonly (string | number)[];
}

const isEverything = (node: QueryNode): boolean =>
  (node.kind === 'and' && node.nodes.every(isEverything)) || (node.kind === 'text' && node.text === '');

/** Leaves out folders that say nothing of the images there are. */
function withoutIdleFolders(db: Sqlite, { folders, outside, ...query }: LayoutQuery): LayoutQuery {
  const says = outside?.filter((folder) => isAnyInside(db, folder)) ?? [];
  return {
    ...query,
    ...(folders !== undefined && !areAllInside(db, folders) && { folders }),
    ...(says.length > 0 && { outside: says }),
  };
}

/** Whether another program took images away and it was not noticed yet: `media_info` still has them. */
function areImagesGone(db: Sqlite): boolean {
  return db.prepare('SELECT 1 FROM foreign_change WHERE tag_id = 0 LIMIT 1').get() !== undefined;
}

function matchesOf(db: Sqlite, query: LayoutQuery): Matches | undefined {
  const node = wholeNode(withoutIdleFolders(db, query));
  const compiled = compileQuery(node, {
    tagIds: tagIdsIn(db),
    sets: exactSets(db),
  });
  const isGone = areImagesGone(db);
  if (isEverything(node) && !isGone) return undefined;
  const prefilter = queryPrefilter(db, compiled);
  const answers =
    prefilter === undefined
      ? ''
      : `AND m.doc IN (SELECT rowid FROM ${prefilter.table} WHERE ${prefilter.table} MATCH ?)`;
  return {
    // SQLite leaves a table out that is joined from the left and not looked at.
    from: `FROM media_info m LEFT JOIN image i ON i.id = m.image_id LEFT JOIN image_mark k ON k.image_id = m.image_id
      WHERE ${compiled.where} ${answers} ${isGone ? 'AND i.id IS NOT NULL' : ''}`,
    parameters: [...compiled.parameters, ...(prefilter === undefined ? [] : [prefilter.match])],
  };
}

/** Blocks of all images, by an index of their order: SQLite passes over what is inside of a block. */
function addIndexed(db: Sqlite, sort: SqlSort, blocks: LayoutBlocks): void {
  const { sql, direction } = keys[sort];
  const positions = `SELECT ${sql} AS key, m.image_id AS id FROM media_info m`;
  const order = `ORDER BY ${sql} ${direction}, m.image_id ${direction} LIMIT 1`;
  const sign = direction === 'ASC' ? '>=' : '<=';
  const skip = db.prepare<(string | number)[], OrderPosition>(
    `${positions} WHERE (${sql}, m.image_id) ${sign} (?, ?) ${order} OFFSET ?`,
  );
  const countAll = db.prepare<[], number>('SELECT count(*) FROM media_info').pluck();
  const countDay = db
    .prepare<[number, number], number>('SELECT count(*) FROM media_info WHERE modified >= ? AND modified < ?')
    .pluck();
  let position = db.prepare<[], OrderPosition>(`${positions} ${order}`).get();
  while (position !== undefined) {
    const day = isByDate(sort) ? localDayOf(Number(position.key)) : undefined;
    let left = (day === undefined ? countAll.get() : countDay.get(day.from, day.to)) ?? 0;
    for (; position !== undefined && left > 0; left -= blocks.size) {
      const count = Math.min(left, blocks.size);
      blocks.add(position, count, day);
      position = skip.get(position.key, position.id, count);
    }
  }
}

/** Blocks of what is found, in its order. */
function addFound(db: Sqlite, sort: SqlSort, { from, parameters }: Matches, blocks: LayoutBlocks): void {
  const { sql, direction } = keys[sort];
  const rows = db
    .prepare<(string | number)[], [key: string | number, id: number]>(
      `SELECT ${sql} AS sort_key, m.image_id ${from} ORDER BY sort_key ${direction}, m.image_id ${direction}`,
    )
    .raw()
    .iterate(...parameters);
  let first: OrderPosition | undefined;
  let day: LocalDay | undefined;
  let count = 0;
  for (const [key, id] of rows) {
    throwIfCancelled();
    const isNextDay = day !== undefined && !(Number(key) >= day.from && Number(key) < day.to);
    if (first === undefined || isNextDay || count === blocks.size) {
      if (first !== undefined) blocks.add(first, count, day);
      first = { key, id };
      count = 0;
      if (isByDate(sort) && (day === undefined || isNextDay)) day = localDayOf(Number(key));
    }
    count += 1;
  }
  if (first !== undefined) blocks.add(first, count, day);
}

/** Blocks in a random order, found by the position of each image in it. */
function addShuffled(db: Sqlite, seed: number, matches: Matches | undefined, blocks: LayoutBlocks): void {
  const { from, parameters } = matches ?? {
    from: 'FROM media_info m',
    parameters: [],
  };
  const ids = db.prepare<(string | number)[], number>(`SELECT m.image_id ${from}`).pluck();
  const shuffle = new Shuffle(seed);
  const positions = Float64Array.from(ids.all(...parameters), (id) => shuffle.positionOf(id)).sort();
  for (let at = 0; at < positions.length; at += blocks.size) {
    blocks.add({ key: positions[at] ?? 0, id: 0 }, Math.min(blocks.size, positions.length - at), undefined);
  }
}

function layoutOf(db: Sqlite, query: LayoutQuery): SearchLayout {
  const { sort = 'newest' } = query;
  const matches = matchesOf(db, query);
  const seed = sort === 'random' ? newSeed(db) : 0;
  const blocks = new LayoutBlocks(sort, seed, checkedPageSize(query.blockSize, 'blockSize'));
  if (sort === 'random') addShuffled(db, seed, matches, blocks);
  else if (matches !== undefined) addFound(db, sort, matches, blocks);
  // No index holds the images without a rating.
  else if (sort === 'rating') addFound(db, sort, { from: everyImage, parameters: [] }, blocks);
  else addIndexed(db, sort, blocks);
  return blocks.layout();
}

const everyImage = 'FROM media_info m LEFT JOIN image_mark k ON k.image_id = m.image_id';

/** Finds how many images a query has and how they divide into blocks, as of one moment. */
export function searchLayout(db: Sqlite, query: LayoutQuery): SearchLayout {
  return db.transaction(() => layoutOf(db, query)).deferred();
}
