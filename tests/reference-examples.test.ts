import path from 'node:path';

import { createClient } from '@iib-kit/client';
import { launchApp, type LaunchedApp } from '@iib-kit/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

/** The examples of IIB's API reference as its readers send them, in both dialects. */
describe.each(['reference', 'iib-web'] as const)('the examples of the API reference in %s', (dialect) => {
  let app: LaunchedApp;
  let images: string;
  let removeAll: () => Promise<void>;

  beforeAll(async () => {
    const { folder, remove } = await temporaryFolder();
    removeAll = remove;
    images = path.join(folder, 'images');
    await makeLibrary(images, {
      '0001.png': 'a landscape at dawn',
      '0002.png': 'a landscape, masterpiece, 1girl with blue eyes',
      'castle.png': 'a castle',
      'sub/0003.jpg': 'a landscape at night',
    });
    app = await launchApp({
      port: 0,
      dialect,
      extraPaths: [images],
      dbPath: path.join(folder, 'iib.db'),
      cacheDir: path.join(folder, 'cache'),
    });
    await app.service.library.update();
  });

  afterAll(async () => {
    await app.close();
    await removeAll();
  });

  const at = (name: string) => path.join(images, name);
  const read = async <T>(answer: Promise<Response>, status = 200): Promise<T> => {
    const response = await answer;
    expect(response.status).toBe(status);
    return (await response.json()) as T;
  };
  const get = <T>(route: string, query: Record<string, string> = {}) =>
    read<T>(fetch(`${app.url}${route}?${new URLSearchParams(query).toString()}`));
  const send = <T>(method: string, route: string, body: object, status?: number) =>
    read<T>(
      fetch(app.url + route, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      status,
    );
  const post = <T>(route: string, body: object) => send<T>('POST', route, body);

  interface Page {
    files: { name: string; fullpath: string; size: string }[];
    cursor: { has_next: boolean; next: string };
  }
  const names = (page: Page) => page.files.map((file) => file.name).sort();

  test('substring search, page by page', async () => {
    const query = {
      surstr: 'landscape',
      cursor: '',
      regexp: '',
      size: 2,
      folder_paths: [],
      media_type: 'image',
    };
    const first = await post<Page>('/db/search_by_substr', query);
    expect([first.files.length, first.cursor.has_next]).toEqual([2, true]);
    const { cursor, ...later } = query;
    expect(cursor).toBe('');
    const next = await post<Page>('/db/search_by_substr', { ...later, cursor: first.cursor.next });
    expect([...names(first), ...names(next)].sort()).toEqual(['0001.png', '0002.png', '0003.jpg']);
    expect(next.cursor.has_next).toBe(false);
  });

  test('regular expressions, over names and prompts', async () => {
    const search = (regexp: string) =>
      post<Page>('/db/search_by_substr', { surstr: '', cursor: '', regexp, size: 100 });
    expect(names(await search('^\\d+.*\\.png$'))).toEqual(['0001.png', '0002.png']);
    expect(names(await search('masterpiece.*1girl.*blue eyes'))).toEqual(['0002.png']);
  });

  test('batch tagging and searching by tags', async () => {
    const tag = await post<{ id: number }>('/db/add_custom_tag', { tag_name: 'favorites' });
    expect(tag).toMatchObject({ name: 'favorites', type: 'custom', color: '' });
    const img_paths = [at('0001.png'), at('castle.png')];
    expect(await post('/db/batch_update_image_tag', { img_paths, action: 'add', tag_id: tag.id })).toBeNull();
    const { tags } = await get<{ tags: { id: number; name: string }[] }>('/db/basic_info');
    const like = tags.find((known) => known.name === 'like')?.id;
    const match = (and_tags: unknown[], or_tags: unknown[], not_tags: unknown[]) =>
      post<Page>('/db/match_images_by_tags', {
        and_tags,
        or_tags,
        not_tags,
        cursor: '',
        size: 100,
        folder_paths: [],
        random_sort: false,
      });
    expect(names(await match([tag.id], [], []))).toEqual(['0001.png', 'castle.png']);
    expect(names(await match([], [tag.id, like], []))).toEqual(['0001.png', 'castle.png']);
    expect(names(await match([], [], [tag.id]))).toEqual(['0002.png', '0003.jpg']);
    expect(names(await match([tag.id, like], [], []))).toEqual([]);
    expect(await get('/db/img_selected_custom_tag', { path: at('castle.png') })).toMatchObject([
      { id: tag.id },
    ]);
    expect(
      await post('/db/toggle_custom_tag_to_img', { img_path: at('castle.png'), tag_id: tag.id }),
    ).toEqual({ is_remove: dialect === 'reference' ? true : 1 });
    expect(await post('/db/update_tag', { id: tag.id, color: '#ff0000' })).toBeNull();
    expect(await post('/db/remove_custom_tag', { tag_id: tag.id })).toBeNull();
  });

  test('browsing a directory', async () => {
    const { files } = await get<{ files: { type: string; name: string; size: string; date: unknown }[] }>(
      '/files',
      {
        folder_path: images,
      },
    );
    expect(files.filter((file) => file.type === 'dir').map((file) => [file.name, file.size])).toEqual([
      ['sub', '-'],
    ]);
    const image = files.find((file) => file.name === 'castle.png');
    expect(image).toMatchObject({ type: 'file', fullpath: at('castle.png'), is_under_scanned_path: true });
    expect(typeof image?.date).toBe(dialect === 'reference' ? 'number' : 'string');
  });

  test('random images, at most 128', async () => {
    const random = await get<{ name: string }[]>('/db/random_images');
    expect(random.map((file) => file.name).sort()).toEqual([
      '0001.png',
      '0002.png',
      '0003.jpg',
      'castle.png',
    ]);
  });

  test('generation parameters of one image and of many', async () => {
    expect(await get('/image_geninfo', { path: at('castle.png') })).toMatch(
      /^a castle\nNegative prompt: blurry\n/,
    );
    const paths = [at('0001.png'), at('sub/0003.jpg')];
    const batch = await post<Record<string, string>>('/image_geninfo_batch', { paths });
    expect(Object.keys(batch)).toEqual(paths);
    expect(batch[at('sub/0003.jpg')]).toMatch(/^a landscape at night\n/);
  });

  test('extra paths with their types and alias, DELETE with a body', async () => {
    expect(await post('/db/extra_paths', { path: at('sub'), types: ['scan'] })).toBeNull();
    expect(await post('/db/alias_extra_path', { path: at('sub'), alias: 'My Alias' })).toEqual({
      path: at('sub'),
      types: ['scanned'],
      alias: 'My Alias',
    });
    expect(await get('/db/extra_paths')).toHaveLength(1);
    expect(await send('DELETE', '/db/extra_paths', { path: at('sub'), types: ['scan'] })).toBeNull();
  });

  test('settings of a front end', async () => {
    expect(await post('/app_fe_setting', { name: 'global', value: '{"a":1}' })).toBeNull();
    expect(await get('/global_setting')).toMatchObject({
      app_fe_setting: { global: { a: 1 } },
      is_readonly: false,
    });
    expect(await send('DELETE', '/app_fe_setting', { name: 'global' })).toBeNull();
  });

  test('bringing the index up to date and making it anew', async () => {
    expect(await post('/db/update_image_data', {})).toBeNull();
    expect(await post('/db/rebuild_index', {})).toBeNull();
    expect(await get('/db/expired_dirs')).toMatchObject({ expired: false, expired_dirs: [] });
  });

  test('AI: vectors, a clustering job until it is over, and the tag graph', async () => {
    const folder = images;
    const model = 'text-embedding-3-small';
    expect(
      await post('/db/build_iib_output_embeddings', {
        folder,
        model,
        force: false,
        batch_size: 100,
        max_chars: 2000,
        recursive: false,
      }),
    ).toMatchObject({ folder, count: 3, failed: 0, embedder: 'local' });
    const { job_id } = await post<{ job_id: string }>('/db/cluster_iib_output_job_start', {
      folder,
      folder_paths: [],
      model,
      threshold: 0.85,
      min_cluster_size: 3,
      title_model: 'gpt-4o-mini',
      lang: 'en',
      recursive: false,
    });
    const over = dialect === 'reference' ? 'completed' : 'done';
    let job: { status: string; progress: unknown; result: { clusters: unknown[]; noise: string[] } | null };
    do {
      job = await get('/db/cluster_iib_output_job_status', { job_id });
      expect(['queued', 'running', over]).toContain(job.status);
    } while (job.status !== over);
    expect(job.progress).toEqual(dialect === 'reference' ? 1 : expect.objectContaining({ scanned: 3 }));
    expect(job.result).toMatchObject({ count: 3, clusters: [] });
    expect(job.result?.noise).toHaveLength(3);
    const asked = { folder_paths: [folder], lang: 'en' };
    const why = expect.stringContaining('grouped none of their 3 images') as unknown;
    if (dialect === 'reference') {
      expect(await post('/db/cluster_tag_graph', asked)).toMatchObject({
        stats: { clusters: 0, tags: 0, failure: why },
      });
    } else {
      expect(await send('POST', '/db/cluster_tag_graph', asked, 400)).toEqual({ detail: why });
    }
  });

  if (dialect !== 'reference') return;

  test('the same through the client', async () => {
    const client = createClient({ baseUrl: app.url });
    let cursor = '';
    const found: string[] = [];
    do {
      const page = await client.search.bySubstring({ surstr: 'landscape', cursor, size: 1 });
      found.push(...page.files.map((file) => file.name));
      cursor = page.cursor.has_next ? page.cursor.next : '';
    } while (cursor !== '');
    expect(found.sort()).toEqual(['0001.png', '0002.png', '0003.jpg']);
    const tag = await client.tags.add({ tag_name: 'through the client' });
    await client.tags.batchUpdate({ img_paths: [at('castle.png')], action: 'add', tag_id: tag.id });
    const tagged = await client.search.byTags({ and_tags: [tag.id] });
    expect(tagged.files.map((file) => file.name)).toEqual(['castle.png']);
    expect(await client.imageMetadata.geninfo({ path: at('castle.png') })).toMatch(/^a castle\n/);
    expect((await client.search.randomImages()).length).toBe(4);
  });
});
