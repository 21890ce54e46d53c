import { rename, rm, utimes } from 'node:fs/promises';
import path from 'node:path';

import { openIndex } from '@iib-kit/index-db';
import { launchApp, type LaunchOptions } from '@iib-kit/server';
import { afterEach, expect, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Found {
  readonly files: { readonly name: string; readonly fullpath: string }[];
  readonly cursor: { readonly has_next: boolean; readonly next: string };
  readonly unavailable: string[];
}

const second = new Date(Date.UTC(2024, 0, 1));

/** A server over a library of these files, all of one second. */
async function serve(files: readonly string[], options: LaunchOptions = {}) {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const library = path.join(folder, 'library');
  const at = (name: string) => path.join(library, name);
  for (const [position, name] of files.entries()) {
    await makeImage(at(name), { text: infotext(`a ${path.parse(name).name}`, position), modified: second });
  }
  const app = await launchApp({
    port: 0,
    extraPaths: [library],
    ...(options.index === undefined && { dbPath: path.join(folder, 'iib.db') }),
    cacheDir: path.join(folder, 'cache'),
    ...options,
  });
  cleanups.push(() => app.close());
  const send = (route: string, body: object, method = 'POST') => {
    const headers = { 'content-type': 'application/json' };
    const request: RequestInit = { method, headers, body: JSON.stringify(body) };
    return fetch(app.url + route, request);
  };
  const post = async <T>(route: string, body: object = {}): Promise<T> => {
    const response = await send(route, body);
    expect([route, response.status]).toEqual([route, 200]);
    return (await response.json()) as T;
  };
  const update = () => post('/db/update_image_data');
  const find = async (body: object = {}) =>
    (await post<Found>('/db/search_by_substr', body)).files.map((file) => file.name);
  const like = (name: string) =>
    post('/db/batch_update_image_tag', { img_paths: [at(name)], action: 'add', tag_id: 1 });
  const liked = async () =>
    (await post<Found>('/db/match_images_by_tags', { and_tags: [1] })).files.map((file) => file.name);
  const pages = async (route: string, body: object, between = async () => {}) => {
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 50; page += 1) {
      const found = await post<Found>(route, { ...body, cursor });
      seen.push(...found.files.map((file) => file.name));
      if (!found.cursor.has_next) return seen;
      cursor = found.cursor.next;
      await between();
    }
    return expect.fail('the pages do not end');
  };
  await update();
  return { app, folder, library, at, send, post, update, find, like, liked, pages };
}

test('images that share a second are neither lost nor repeated when paging', async () => {
  const names = Array.from({ length: 7 }, (_, number) => `${number}.png`);
  const { pages } = await serve(names);
  for (const size of [1, 2, 3]) {
    expect((await pages('/db/search_by_substr', { size })).sort()).toEqual(names);
    expect((await pages('/db/match_images_by_tags', { size, random_sort: true })).sort()).toEqual(names);
    expect((await pages('/db/search', { size, sort: 'name' })).sort()).toEqual(names);
  }
});

test('a page of files that vanished does not rewind the cursor', async () => {
  const names = ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'];
  const { at, pages, update } = await serve(names);
  let isFirst = true;
  const seen = await pages('/db/search_by_substr', { size: 1 }, async () => {
    if (!isFirst) return;
    isFirst = false;
    for (const name of ['b.png', 'c.png', 'd.png']) await rm(at(name));
    await update();
  });
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(['a.png', 'e.png']));
});

test('custom tags stay when a file gets another time, another name, or its folder another name', async () => {
  const { at, like, liked, update } = await serve(['one.png', 'old/two.png']);
  await like('one.png');
  await like('old/two.png');
  await utimes(at('one.png'), new Date(), new Date());
  await rename(at('old'), at('new'));
  await update();
  expect((await liked()).sort()).toEqual(['one.png', 'two.png']);
  await rename(at('one.png'), at('uno.png'));
  await update();
  expect((await liked()).sort()).toEqual(['two.png', 'uno.png']);
});

test('a drive that is not there is named, its images are not shown and not forgotten', async () => {
  const { folder, find, like, liked, post, update, send, app } = await serve(['here.png']);
  const drive = path.join(folder, 'drive');
  await makeImage(path.join(drive, 'there.png'), { text: infotext('a there', 9), modified: second });
  expect((await send('/db/extra_paths', { path: drive, types: ['scanned'] })).status).toBe(200);
  await update();
  expect((await find()).sort()).toEqual(['here.png', 'there.png']);
  const away = path.join(folder, 'unplugged');
  await post('/db/batch_update_image_tag', {
    img_paths: [path.join(drive, 'there.png')],
    action: 'add',
    tag_id: 1,
  });
  await like('here.png');

  await rename(drive, away);
  await update();
  await expect
    .poll(() => post<Found>('/db/search_by_substr'))
    .toMatchObject({
      files: [{ name: 'here.png' }],
      cursor: { has_next: false },
      unavailable: [drive],
    });
  expect(await post('/db/search_layout')).toMatchObject({ count: 1, unavailable: [drive] });
  expect(await post('/db/search_layout', { folder_paths: [drive] })).toMatchObject({ count: 0, blocks: [] });
  expect(await liked()).toEqual(['here.png']);
  const expired = await (await fetch(`${app.url}/db/expired_dirs`)).json();
  expect(expired).toMatchObject({ unavailable: [drive] });
  const extra = await (await fetch(`${app.url}/db/extra_paths`)).json();
  expect(extra).toEqual([{ path: drive, types: ['scanned'], alias: '' }]);

  await rename(away, drive);
  await update();
  await expect.poll(async () => (await liked()).sort()).toEqual(['here.png', 'there.png']);
});

test('images of a folder that was taken out are not found, and their tags come back with it', async () => {
  const { folder, find, liked, post, send, update } = await serve(['here.png'], { accessControl: false });
  const other = path.join(folder, 'other');
  await makeImage(path.join(other, 'there.png'), { text: infotext('a there', 9) });
  const extra = { path: other, types: ['walk'] };
  await send('/db/extra_paths', extra);
  await update();
  const img_paths = [path.join(other, 'there.png')];
  await post('/db/batch_update_image_tag', { img_paths, action: 'add', tag_id: 1 });
  await send('/db/extra_paths', extra, 'DELETE');
  expect(await find()).toEqual(['here.png']);
  await send('/db/extra_paths', extra);
  await update();
  expect(await liked()).toEqual(['there.png']);
});

test('a file added in the second of an index run is found, one changed in place is read again', async () => {
  const { at, find, update } = await serve(['one.png']);
  await makeImage(at('two.png'), { text: infotext('a late one', 2), modified: second });
  await update();
  expect((await find({ surstr: 'late' })).sort()).toEqual(['two.png']);
  await makeImage(at('two.png'), { text: infotext('an even later one', 2), modified: new Date(+second + 1) });
  await update();
  expect([await find({ surstr: 'a late' }), await find({ surstr: 'even later' })]).toEqual([[], ['two.png']]);
});

test('nobody waits while one regular expression runs, which ends with 408', async () => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const { send, find } = await serve([`${'a'.repeat(60)}.png`], {
    index: () => openIndex({ path: path.join(folder, 'iib.db'), regexpTimeoutMs: 2000 }),
  });
  const answered: string[] = [];
  const endless = send('/db/search_by_substr', { regexp: '(a+)+$^' }).then(async (response) => {
    answered.push('endless');
    return [response.status, await response.json()] as const;
  });
  expect(await find({ surstr: 'aaa' })).toHaveLength(1);
  answered.push('quick');
  expect(await endless).toEqual([408, { detail: 'The expression took longer than 2000 ms' }]);
  expect(answered).toEqual(['quick', 'endless']);
});

test('tag id 0 takes nothing away, unknown ids are not stored, and counts fall as well as rise', async () => {
  const { app, at, like, liked, send } = await serve(['one.png', 'two.png']);
  await like('one.png');
  await like('two.png');
  const image = { img_path: at('one.png') };
  expect((await send('/db/toggle_custom_tag_to_img', { ...image, tag_id: 0 })).status).toBe(422);
  expect((await send('/db/remove_custom_tag', { tag_id: 0 })).status).toBe(422);
  expect((await send('/db/toggle_custom_tag_to_img', { ...image, tag_id: 98_765 })).status).toBe(404);
  expect((await liked()).sort()).toEqual(['one.png', 'two.png']);
  const countOfLike = async () => {
    const { tags } = (await (await fetch(`${app.url}/db/basic_info`)).json()) as {
      tags: { id: number; count: number }[];
    };
    return [tags.find((tag) => tag.id === 1)?.count, tags.some((tag) => tag.id === 98_765)];
  };
  expect(await countOfLike()).toEqual([2, false]);
  await send('/db/toggle_custom_tag_to_img', { ...image, tag_id: 1 });
  expect(await countOfLike()).toEqual([1, false]);
});

test('% and _ are no wildcards, in texts nor in the names of folders', async () => {
  const { at, find } = await serve(['a_b/one.png', 'axb/two.png', 'a%b/three.png']);
  expect(await find({ folder_paths: [at('a_b')] })).toEqual(['one.png']);
  expect(await find({ folder_paths: [at('a%b')] })).toEqual(['three.png']);
  expect(await find({ surstr: 'a_b' })).toEqual(['one.png']);
  expect(await find({ surstr: '%' })).toEqual(['three.png']);
});

test('auto-tag rules no longer tag once they are removed', async () => {
  const { at, post, send, update, app } = await serve(['fox.png']);
  const value = JSON.stringify([
    { tag: 'auto', filters: [{ field: 'neg_prompt', operator: 'contains', value: 'blurry' }] },
  ]);
  await post('/app_fe_setting', { name: 'auto_tag_rules', value });
  expect((await send('/app_fe_setting', { name: 'auto_tag_rules' }, 'DELETE')).status).toBe(200);
  await makeImage(at('hen.png'), { text: infotext('a hen', 5) });
  await update();
  const tags = await post<Record<string, { name: string }[]>>('/db/get_image_tags', {
    paths: [at('fox.png'), at('hen.png')],
  });
  expect(Object.entries(tags).map(([file, of]) => [file, of.map((tag) => tag.name)])).toEqual([
    [at('fox.png'), ['auto']],
  ]);
  expect(await (await fetch(`${app.url}/db/auto_tag_rules`)).json()).toEqual([]);
});

test('the rules in a database of IIB tag what comes', async () => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const dbPath = path.join(folder, 'iib.db');
  const index = await openIndex({ path: dbPath });
  const filters = [{ field: 'pos_prompt', operator: 'contains', value: 'fox' }];
  await index.setSetting('auto_tag_rules', [{ tag: 'foxes', filters }]);
  await index.close();
  const { app, at, update, post } = await serve([], { dbPath });
  await expect.poll(async () => (await fetch(`${app.url}/db/auto_tag_rules`)).json()).toHaveLength(1);
  await makeImage(at('fox.png'), { text: infotext('a fox', 5) });
  await update();
  const tags = await post<Record<string, object[]>>('/db/get_image_tags', { paths: [at('fox.png')] });
  expect(tags[at('fox.png')]).toMatchObject([{ name: 'foxes', type: 'custom' }]);
});

test('one rule of IIB that cannot be used is named, and the others tag', async () => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const dbPath = path.join(folder, 'iib.db');
  const index = await openIndex({ path: dbPath });
  const filter = { field: 'pos_prompt', operator: 'contains', value: 'fox' };
  const stored = [
    { tag: 'a', filters: [{ ...filter, operator: 'regex', value: '(' }] },
    { tag: 'b', filters: [{ ...filter, operator: 'like' }] },
    'nonsense',
    { filters: [filter] },
    { tag: 'foxes', filters: [filter] },
  ];
  await index.setSetting('auto_tag_rules', stored);
  await index.close();
  const reasons: unknown[] = [];
  const log = { warn: (about: object) => void reasons.push(about), error: () => {} };
  const { app, at, update, post } = await serve([], { dbPath, log });
  await expect.poll(async () => (await fetch(`${app.url}/db/auto_tag_rules`)).json()).toHaveLength(1);
  await makeImage(at('fox.png'), { text: infotext('a fox', 5) });
  await update();
  const tags = await post<Record<string, object[]>>('/db/get_image_tags', { paths: [at('fox.png')] });
  expect(tags[at('fox.png')]).toMatchObject([{ name: 'foxes', type: 'custom' }]);
  expect(reasons).toEqual([
    { reason: expect.stringContaining('rule 1: Invalid regular expression') },
    { reason: expect.stringContaining('rule 2 has the operator "like"') },
    { reason: expect.stringContaining('rule 3 must be an object') },
    { reason: expect.stringContaining('rule 4 must name a tag') },
  ]);
  const { app_fe_setting } = (await (await fetch(`${app.url}/global_setting`)).json()) as {
    app_fe_setting: Record<string, unknown>;
  };
  expect(app_fe_setting['auto_tag_rules']).toEqual(stored);
});

test('a file that was deleted is found no longer, but where it is asked for as a layout counts it', async () => {
  const { at, find, post, update } = await serve(['a.png', 'b.png', 'c.png']);
  await update();
  await find();
  await rm(at('b.png'));
  await expect.poll(() => find(), { timeout: 5000 }).toHaveLength(2);
  const search = async (body: object) =>
    (await post<Found>('/db/search', body)).files.map((file) => file.name).sort();
  expect(await search({})).toEqual(['a.png', 'c.png']);
  expect(await search({ with_absent: true })).toEqual(['a.png', 'b.png', 'c.png']);
  expect((await post<{ count: number }>('/db/search_layout')).count).toBe(3);
  await update();
  expect(await search({ with_absent: true })).toEqual(['a.png', 'c.png']);
});
