import type { Client } from '@iib-kit/client';

import type { Life } from '../life.ts';
import type { AskedQuery } from './queries.ts';

/** Notes whatever two libraries over the same files say differently. */
export async function compareWithFresh(
  life: Life,
  fresh: Client,
  queries: readonly AskedQuery[],
): Promise<void> {
  await compareTexts(life, fresh);
  await compareTags(life, fresh);
  await compareFigures(life, fresh);
  for (const query of queries) await compareAnswers(life, fresh, query);
}

async function compareTexts(life: Life, fresh: Client): Promise<void> {
  const here = life.truth.here();
  const edited = here.filter((picture) => picture.edited !== undefined);
  const paths = [...edited, ...life.draw.some(here, 200)].map(({ path }) => path);
  const [aged, first] = [
    await life.client.imageMetadata.geninfoBatch({ paths }),
    await fresh.imageMetadata.geninfoBatch({ paths }),
  ];
  for (const path of new Set(paths)) {
    if (aged[path] === first[path]) continue;
    const isEdited = edited.some((picture) => picture.path === path);
    life.note(isEdited ? 'an edited text is lost' : 'another text', `${path}: ${aged[path]?.slice(0, 60)}`);
  }
}

async function compareTags(life: Life, fresh: Client): Promise<void> {
  const [aged, first] = [await tagCounts(life.client), await tagCounts(fresh)];
  for (const [name, count] of aged) {
    const other = first.get(name);
    const kind = name.startsWith('custom') ? 'own' : 'automatic';
    if (other === undefined) life.note(`an ${kind} tag that should not be`, `${name}: ${count} images`);
    else if (other !== count)
      life.note(`wrong count of an ${kind} tag`, `${name}: ${other} expected, found ${count}`);
  }
  for (const [name, count] of first)
    if (!aged.has(name)) life.note('a tag is missing', `${name}: ${count} images`);
}

/** Without automatic tags of no image, which go while nobody waits. */
async function tagCounts(client: Client): Promise<Map<string, number>> {
  const { tags } = await client.search.basicInfo();
  const lasting = tags.filter(({ type, count }) => type === 'custom' || count > 0);
  return new Map(lasting.map(({ type, name, count }) => [`${type} ${name}`, count]));
}

async function compareFigures(life: Life, fresh: Client): Promise<void> {
  const figures: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
    'count of images': async ({ search }) => (await search.basicInfo()).img_count,
    'counts of ratings': async ({ marks }) => marks.ratingCounts(),
    statistics: async ({ search }) => search.statistics(),
    'covers of folders': async ({ search }) =>
      Object.values(await search.folderCovers({ paths: [life.camera, life.archive] })).map((files) =>
        files.map(({ fullpath }) => fullpath),
      ),
    'days of a layout': async ({ search }) =>
      (await search.layout({ query: '', block_size: 1000 })).blocks.map(({ date, count }) => [date, count]),
    completions: async ({ search }) =>
      Promise.all(
        (['tag', 'model', 'lora', 'sampler', 'source', 'generator', 'folder'] as const).map(async (field) =>
          search.complete({ field, prefix: '', limit: 100 }),
        ),
      ),
  };
  for (const [name, figure] of Object.entries(figures)) {
    const [aged, first] = [await figure(life.client), await figure(fresh)];
    for (const difference of leafDifferences(aged, first)) life.note(`other ${name}`, difference);
  }
}

/** Where two values differ, as paths with what is there and what should be. */
function leafDifferences(found: unknown, expected: unknown, at = ''): string[] {
  if (typeof found === 'object' && typeof expected === 'object' && found !== null && expected !== null) {
    const [one, other] = [sortedList(found), sortedList(expected)];
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
      leafDifferences(one[key], other[key], `${at}.${key}`),
    );
  }
  return found === expected ? [] : [`${at}: ${String(expected)} expected, found ${String(found)}`];
}

/** What counts things by name is compared by name: those that are as frequent have no order. */
function sortedList(value: object): Record<string, unknown> {
  const named = (item: unknown): item is { name?: string; value?: string } =>
    typeof item === 'object' && item !== null && ('name' in item || 'value' in item);
  if (!Array.isArray(value) || !value.every(named)) return { ...value };
  return Object.fromEntries(value.map((item) => [item.name ?? item.value ?? '', item]));
}

async function compareAnswers(
  life: Life,
  fresh: Client,
  { kind, text, sort, run }: AskedQuery,
): Promise<void> {
  const [aged, first] = [await all(run(life.client)), await all(run(fresh))];
  const [found, expected] = [aged, first].map((files) => new Set(files.map(({ fullpath }) => fullpath)));
  if (found === undefined || expected === undefined) return;
  const missing = [...expected].filter((path) => !found.has(path));
  const surplus = [...found].filter((path) => !expected.has(path));
  const search = `${JSON.stringify(text)} by ${sort}`;
  if (missing.length > 0)
    life.note(
      `a search does not find what it should: ${kind}`,
      `${search}: ${missing.length}, ${missing[0]}`,
    );
  if (surplus.length > 0)
    life.note(`a search finds what it should not: ${kind}`, `${search}: ${surplus.length}, ${surplus[0]}`);
  if (found.size < aged.length) life.note(`a search repeats an image: ${kind}`, search);
  if (!isInOrder(aged, sort)) life.note(`a search is out of order: ${kind}`, search);
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function isInOrder(files: readonly { date: number; bytes: number }[], sort: AskedQuery['sort']): boolean {
  const key = { newest: 'date', oldest: 'date', largest: 'bytes', smallest: 'bytes' } as const;
  if (!(sort in key)) return true;
  const keys = files.map((file) => file[key[sort as keyof typeof key]]);
  const sign = sort === 'oldest' || sort === 'smallest' ? 1 : -1;
  return keys.every((value, index) => index === 0 || sign * (value - (keys[index - 1] ?? value)) >= 0);
}
