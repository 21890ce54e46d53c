import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openService } from '@iib-kit/server';
import { afterAll, describe, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { transports } from './helpers/transports.ts';

const { folder, remove } = await temporaryFolder();
const library = path.join(folder, 'library');
const at = (...names: string[]) => path.join(library, ...names);
const image = path.join(folder, 'image.png');
await makeImage(image, { text: infotext('an odd name', 1) });
await makeImage(at('plain.png'));
const service = await openService({
  base: '',
  extraPaths: [library],
  dbPath: path.join(folder, 'iib.db'),
  cacheDir: path.join(folder, 'cache'),
});
const served = await transports[0]?.serve(service);
afterAll(async () => {
  await served?.close();
  await service.close();
  await remove();
});

const get = (route: string, query: Record<string, string>) =>
  fetch(`${served?.origin}${route}?${new URLSearchParams(query).toString()}`);
async function post<T>(route: string, body: object): Promise<T> {
  const response = await fetch(`${served?.origin}${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as T;
  expect([route, response.status, response.status === 200 ? '' : answer]).toEqual([route, 200, '']);
  return answer;
}
const search = async (query: object) =>
  (await post<{ files: { name: string; fullpath: string }[] }>('/db/search', query)).files;

/** Names that POSIX allows, and what archives call them. */
const odd: readonly (readonly [about: string, name: string, archived: string])[] = [
  ['a backslash', 'zebra\\apple.png', 'zebra_apple.png'],
  ['a backslash at its beginning', '\\start.png', '_start.png'],
  ['a newline', 'first\nsecond.png', 'first_second.png'],
  ['a carriage return and a tab', 'a\r\tb.png', 'a__b.png'],
  ['control characters', 'bell\u0007\u001b[31m.png', 'bell__[31m.png'],
  ['quotes and percent signs', '"100%" \'of\' %41.png', '"100%" \'of\' %41.png'],
  ['255 bytes', `${'n'.repeat(251)}.png`, `${'n'.repeat(251)}.png`],
  ['255 bytes of 85 letters', `${'猫'.repeat(83)}xx.png`, `${'猫'.repeat(83)}xx.png`],
  ['a space at each end', ' spaced .png', ' spaced .png'],
  ['a bidirectional override', 'gpj.\u202egnp.png', 'gpj.\u202egnp.png'],
];

// Windows has none of them.
describe.runIf(process.platform !== 'win32').each(odd)('a name with %s', (_, name, archived) => {
  const holder = `in ${odd.findIndex(([, other]) => other === name)}`;
  const file = at(holder, name);
  const sidecar = name.length < 200 && Buffer.byteLength(name) < 200;

  test('is found, opened, drawn, tagged, packed, copied, moved, deleted, restored and renamed', async () => {
    await makeImage(at(holder, 'x.png'));
    await writeFile(file, await readFile(image));
    if (sidecar) await writeFile(`${file}.txt`, 'caption');
    await service.library.update();
    const found = await search({ query: 'odd', folder_paths: [at(holder)] });
    expect(found.map((each) => [each.name, each.fullpath])).toEqual([[name, file]]);
    const opened = await get('/file', { path: file, disposition: name });
    expect([opened.status, Buffer.from(await opened.arrayBuffer()).equals(await readFile(image))]).toEqual([
      200,
      true,
    ]);
    expect((await get('/image-thumbnail', { path: file })).status).toBe(200);
    await post('/db/rating', { img_paths: [file], rating: 5 });
    const zip = await fetch(`${served?.origin}/zip`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ paths: [file] }),
    });
    expect(Buffer.from(await zip.arrayBuffer()).includes(archived)).toBe(true);

    const dest = at(`${holder} to`);
    await post('/copy_files', { file_paths: [file], dest, create_dest_folder: true });
    const all = [name, ...(sidecar ? [`${name}.txt`] : [])].sort();
    expect((await readdir(dest)).sort()).toEqual(all);
    await post('/delete_files', { file_paths: [path.join(dest, name)] });
    expect(await readdir(dest)).toEqual([]);
    await post('/move_files', { file_paths: [file], dest });
    expect((await readdir(dest)).sort()).toEqual(all);
    await post('/delete_files', { file_paths: [path.join(dest, name)], trash: true });
    const { items } = (await (await get('/trash', {})).json()) as { items: { id: string; path: string }[] };
    expect(items.map((item) => item.path)).toEqual([path.join(dest, name)]);
    await post('/trash/restore', { ids: items.map((item) => item.id) });
    await service.library.update();
    await post('/db/rename', { path: path.join(dest, name), name: 'tame.png' });
    expect((await readdir(dest)).sort()).toEqual(['tame.png', ...(sidecar ? ['tame.png.txt'] : [])]);
    await service.library.update();
    const rated = await search({ query: 'rating:5', folder_paths: [dest] });
    expect(rated.map((each) => each.fullpath)).toEqual([path.join(dest, 'tame.png')]);
  });
});

test('names are sorted and completed by the whole name, whatever is in it', async () => {
  await makeImage(at('sorted', 'b.png'), { text: infotext('sorted', 1) });
  await makeImage(at('sorted', 'y\\a.png'), { text: infotext('sorted', 2) });
  await makeImage(at('sorted', 'c\\d', 'z.png'), { text: infotext('sorted', 3) });
  await service.library.update();
  const found = await search({ query: '', folder_paths: [at('sorted')], sort: 'name' });
  expect(found.map((each) => each.name)).toEqual(['b.png', 'y\\a.png', 'z.png']);
  const completed = await post<{ value: string; count: number }[]>('/db/complete', {
    field: 'folder',
    prefix: 'c\\d',
  });
  expect(completed).toEqual([{ value: at('sorted', 'c\\d'), count: 1 }]);
});

test('a number is put into a name of 255 bytes in place of its end', async () => {
  const name = `${'猫'.repeat(83)}xx.png`;
  for (const holder of ['long', 'long too']) await makeImage(at(holder, name));
  await post('/move_files', { file_paths: [at('long', name)], dest: at('long too'), on_conflict: 'rename' });
  const numbered = `${'猫'.repeat(83)}_1.png`;
  expect((await readdir(at('long too'))).sort()).toEqual([name, numbered].sort());
});
