import type { Life } from '../life.ts';
import type { Marks } from '../truth.ts';

/** Everything that a search for everything finds. */
export async function pathsOfAll(life: Life): Promise<string[]> {
  const paths: string[] = [];
  for await (const { fullpath } of life.client.search.byQuery.pages({ size: 5000 })) paths.push(fullpath);
  return paths;
}

/** Each file once, and nothing else. */
export async function comparePaths(life: Life): Promise<void> {
  const found = await pathsOfAll(life);
  const expected = new Set(life.truth.here().map(({ path }) => path));
  const seen = new Set(found);
  for (const path of expected) if (!seen.has(path)) life.note('a file is not in the index', on(life, path));
  for (const path of seen)
    if (!expected.has(path)) life.note('a file that is not there is in the index', on(life, path));
  if (seen.size < found.length)
    life.note('a file is in the index twice', on(life, `${found.length - seen.size} of them`));
}

/** Ratings, notes, tags and edited texts, as an export tells them. */
export async function compareMarks(life: Life): Promise<void> {
  const expected = life.truth.marks();
  const found = await exportedMarks(life);
  for (const [path, marks] of expected) {
    const other = found.get(path);
    for (const name of ['tags', 'rating', 'note', 'infotext'] as const) {
      const [wanted, came] = [marks[name], other?.[name]].map((value) => JSON.stringify(value));
      if (wanted !== came && !(other === undefined && isNothing(marks[name]))) {
        life.note(`wrong ${name}`, on(life, `${path}: ${wanted} expected, found ${came}`));
      }
    }
  }
  // Images of a drive that is away stay in the index.
  const away = new Set(
    [...life.truth.pictures].filter(({ where }) => where === 'away').map(({ path }) => path),
  );
  for (const [path, marks] of found) {
    if (!expected.has(path) && !away.has(path))
      life.note('marks on an image that has none', on(life, JSON.stringify(marks)));
  }
}

async function exportedMarks(life: Life): Promise<Map<string, Marks>> {
  const lines = (await (await life.client.marks.export()).text()).split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const {
        path,
        tags = [],
        rating = 0,
        note = '',
        infotext = '',
      } = JSON.parse(line) as Partial<Marks> & { path: string };
      return [path, { path, tags: [...tags].sort(), rating, note, infotext }];
    }),
  );
}

const isNothing = (value: Marks['tags' | 'rating' | 'note' | 'infotext']) =>
  typeof value === 'number' ? value === 0 : value.length === 0;

const on = (life: Life, text: string) => `day ${life.today}: ${text}`;
