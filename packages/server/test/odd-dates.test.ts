import { utimes } from 'node:fs/promises';
import path from 'node:path';

import { openService } from '@iib-kit/server';
import { afterAll, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { transports } from './helpers/transports.ts';

const zone = process.env['TZ'];
process.env['TZ'] = 'Europe/Berlin';
const { folder, remove } = await temporaryFolder();
const library = path.join(folder, 'library');
const at = (name: string) => path.join(library, name);

/** From the newest to the oldest, each a moment that some program counts wrongly. */
const dates: readonly (readonly [name: string, date: Date])[] = [
  ['2446.png', new Date(2446, 3, 1)],
  ['2255.png', new Date(2255, 6, 1, 12)],
  ['2107.png', new Date(2107, 11, 31, 23, 59, 59)],
  ['2038.png', new Date(2038, 0, 20)],
  ['1980.png', new Date(1980, 0, 1)],
  ['1970.png', new Date(1970, 0, 1, 1, 10)],
  ['1969-late.png', new Date(1969, 11, 31, 23, 50)],
  ['1969.png', new Date(Date.UTC(1969, 11, 31, 12, 0, 0, 250))],
  ['1945.png', new Date(1945, 5, 30, 0, 30)],
  ['1902.png', new Date(1902, 0, 2)],
];
const names = dates.map(([name]) => name);
const dayOf = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

for (const [position, [name, date]] of dates.entries())
  await makeImage(at(name), { text: infotext(`picture ${position}`, position), modified: date });
const service = await openService({
  base: '',
  extraPaths: [library],
  dbPath: path.join(folder, 'iib.db'),
  cacheDir: path.join(folder, 'cache'),
});
await service.library.update();
const served = await transports[0]?.serve(service);
afterAll(async () => {
  await served?.close();
  await service.close();
  await remove();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const request = (route: string, init?: RequestInit) => fetch(`${served?.origin}${route}`, init);
const get = (route: string, query: Record<string, string>, headers: Record<string, string> = {}) =>
  request(`${route}?${new URLSearchParams(query).toString()}`, { headers });
async function post<T>(route: string, body: object): Promise<T> {
  const response = await request(route, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([route, response.status]).toEqual([route, 200]);
  return (await response.json()) as T;
}
interface Page {
  readonly files: readonly { readonly name: string; readonly date: number }[];
  readonly cursor: { readonly next: string; readonly has_next: boolean };
}

test.each([
  ['newest', names],
  ['oldest', names.toReversed()],
])('pages go on through any date, %s first', async (sort, expected) => {
  const found: string[] = [];
  let cursor = '';
  for (;;) {
    const page = await post<Page>('/db/search', { query: '', sort, size: 2, cursor });
    found.push(...page.files.map((file) => file.name));
    if (!page.cursor.has_next) break;
    cursor = page.cursor.next;
  }
  expect(found).toEqual(expected);
});

test('layouts, statistics and queries put each into its day', async () => {
  const days = dates.map(([, date]) => dayOf(date));
  const { blocks } = await post<{ blocks: { date: string; count: number }[] }>('/db/search_layout', {});
  const counted = [...new Set(days)].map((date) => ({
    date,
    count: days.filter((day) => day === date).length,
  }));
  expect(blocks.map(({ date, count }) => ({ date, count }))).toEqual(counted);
  const statistics = (await (await get('/db/statistics', {})).json()) as {
    days: { name: string; count: number }[];
  };
  expect(statistics.days).toEqual(counted.toReversed().map(({ date: name, count }) => ({ name, count })));
  for (const [name, date] of dates) {
    const { files } = await post<Page>('/db/search', { query: `date:${dayOf(date)}` });
    expect(files.map((file) => file.name)).toContain(name);
    expect(files.every((file) => dayOf(new Date(file.date * 1000)) === dayOf(date))).toBe(true);
  }
});

test('files tell their date, and answer to it', async () => {
  for (const [name, date] of dates) {
    const response = await get('/file', { path: at(name) });
    const modified = response.headers.get('last-modified') ?? '';
    expect([name, response.status, modified]).toEqual([name, 200, date.toUTCString()]);
    await response.arrayBuffer();
    const again = await get('/file', { path: at(name) }, { 'if-modified-since': modified });
    expect([name, again.status]).toEqual([name, 304]);
    const earlier = new Date(date.getTime() - 60_000).toUTCString();
    const changed = await get('/file', { path: at(name) }, { 'if-modified-since': earlier });
    expect([name, changed.status]).toEqual([name, 200]);
    await changed.arrayBuffer();
    expect([name, (await get('/image-thumbnail', { path: at(name) })).status]).toEqual([name, 200]);
  }
});

test('archives hold them with the nearest date that archives have', async () => {
  const response = await request('/zip', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ paths: names.map(at) }),
  });
  const members = datesIn(Buffer.from(await response.arrayBuffer()));
  expect([...members.keys()].sort()).toEqual(names.toSorted());
  for (const [name, date] of dates.filter(([, date]) => date.getFullYear() <= 2107)) {
    const { exact, local } = members.get(name) ?? {};
    const isExact = date.getFullYear() < 2038;
    expect([name, exact]).toEqual([
      name,
      isExact ? Math.max(0, Math.floor(date.getTime() / 1000)) : undefined,
    ]);
    expect([name, local]).toEqual([name, Math.min(2107, Math.max(1980, date.getFullYear()))]);
  }
});

/** Of each member the exact date in Unix seconds, where there is one, and the year of the one in local time. */
function datesIn(zip: Buffer): Map<string, { exact: number | undefined; local: number }> {
  const found = new Map<string, { exact: number | undefined; local: number }>();
  const header = Buffer.from('PK\x01\x02', 'latin1');
  for (let start = zip.indexOf(header); start >= 0; start = zip.indexOf(header, start + 1)) {
    const [nameLength, extraLength] = [zip.readUInt16LE(start + 28), zip.readUInt16LE(start + 30)];
    const name = zip.toString('utf8', start + 46, start + 46 + nameLength);
    const extra = zip.subarray(start + 46 + nameLength, start + 46 + nameLength + extraLength);
    const field = extra.indexOf('UT');
    const exact = field < 0 ? undefined : extra.readInt32LE(field + 5);
    found.set(name, { exact, local: 1980 + (zip.readUInt16LE(start + 14) >> 9) });
  }
  return found;
}

test('a file that is copied or moved keeps its date', async () => {
  const [name, date] = ['1945.png', new Date(1945, 5, 30, 0, 30)];
  await utimes(at(name), date, date);
  await post('/copy_files', { file_paths: [at(name)], dest: at('copies'), create_dest_folder: true });
  const copy = await get('/file', { path: at(`copies/${name}`) });
  expect(copy.headers.get('last-modified')).toBe(date.toUTCString());
  await copy.arrayBuffer();
});
