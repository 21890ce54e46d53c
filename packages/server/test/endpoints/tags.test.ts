import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, at } = await madeService();

overTransports(service, ({ get, send, json, transport }) => {
  test('custom tags are made, given, found, read and taken', async () => {
    const tag = (await json(send('POST', '/db/add_custom_tag', { tag_name: ` ${transport} ` }))) as {
      id: number;
    };
    expect(tag).toMatchObject({ name: transport, type: 'custom', color: '', count: 0 });
    expect(await json(send('POST', '/db/add_custom_tag', { tag_name: transport }))).toEqual(tag);

    const paths = [at('fox.png'), at('plain.png')];
    const change = (action: string) =>
      json(send('POST', '/db/batch_update_image_tag', { img_paths: paths, action, tag_id: String(tag.id) }));
    expect(await change('add')).toBeNull();
    expect(await change('add')).toBeNull();
    expect(
      await json(send('POST', '/db/get_image_tags', { paths: [at('fox.png'), at('sub/panda.webp')] })),
    ).toEqual({
      [at('fox.png')]: [{ ...tag, count: 2 }],
    });
    const matched = (await json(send('POST', '/db/match_images_by_tags', { and_tags: [tag.id] }))) as {
      files: { name: string }[];
    };
    expect(matched.files.map((file) => file.name)).toEqual(['fox.png', 'plain.png']);
    const without = (await json(send('POST', '/db/match_images_by_tags', { not_tags: [tag.id] }))) as {
      files: { name: string }[];
    };
    expect(without.files.map((file) => file.name)).toEqual(['panda.webp', 'lighthouse.jpg']);

    expect(await change('remove')).toBeNull();
    expect(await json(send('POST', '/db/get_image_tags', { paths }))).toEqual({});
  });

  test('a tag that is not there and an image that is not indexed are named, and nothing is done', async () => {
    const unknownTag = { img_paths: [at('fox.png')], action: 'add', tag_id: 987_654 };
    expect((await send('POST', '/db/batch_update_image_tag', unknownTag)).status).toBe(404);
    const notIndexed = { img_paths: [at('fox.png'), at('gone.png')], action: 'add', tag_id: 1 };
    const response = await send('POST', '/db/batch_update_image_tag', notIndexed);
    expect(response.status).toBe(404);
    expect(JSON.stringify(await response.json())).toContain('gone.png');
    expect(await json(send('POST', '/db/get_image_tags', { paths: [at('fox.png')] }))).toEqual({});
  });

  const makeTag = (name: string) =>
    json<{ id: number; name: string; color: string }>(
      send('POST', '/db/add_custom_tag', { tag_name: `${transport} ${name}` }),
    );
  const namesOf = async (file: string) =>
    (await json<{ name: string }[]>(get('/db/img_selected_custom_tag', { path: at(file) }))).map(
      (tag) => tag.name,
    );

  test('a tag is toggled, and the answer says which way', async () => {
    const { id, name } = await makeTag('toggled');
    const toggle = () =>
      json(send('POST', '/db/toggle_custom_tag_to_img', { img_path: at('fox.png'), tag_id: id }));
    expect(await toggle()).toEqual({ is_remove: false });
    expect(await namesOf('fox.png')).toEqual([name]);
    expect(await toggle()).toEqual({ is_remove: true });
    expect(await namesOf('fox.png')).toEqual([]);
  });

  test('a tag changes its colour and its name; fields of the whole tag are let through', async () => {
    const tag = await makeTag('plain');
    expect(await json(send('POST', '/db/update_tag', { ...tag, color: '#ff0000' }))).toBeNull();
    expect(await makeTag('plain')).toEqual({ ...tag, color: '#ff0000' });
    expect(await json(send('POST', '/db/update_tag', { id: tag.id, name: `${transport} new` }))).toBeNull();
    expect(await makeTag('new')).toMatchObject({ id: tag.id, color: '#ff0000' });
    const taken = await send('POST', '/db/update_tag', { id: tag.id, name: 'like' });
    expect([taken.status, await taken.json()]).toEqual([
      409,
      { detail: 'There is a tag of this name: like' },
    ]);
  });

  test('tags that are read from images can be coloured, not renamed, removed or given', async () => {
    const { tags } = await json<{ tags: { id: number; name: string; type: string }[] }>(
      get('/db/basic_info'),
    );
    const model = tags.find((tag) => tag.type === 'Model') ?? expect.fail('no model');
    expect(await json(send('POST', '/db/update_tag', { ...model, color: 'teal' }))).toBeNull();
    const refusals = [
      send('POST', '/db/update_tag', { id: model.id, name: 'other' }),
      send('POST', '/db/remove_custom_tag', { tag_id: model.id }),
      send('POST', '/db/toggle_custom_tag_to_img', { img_path: at('fox.png'), tag_id: model.id }),
      send('POST', '/db/batch_update_image_tag', {
        img_paths: [at('fox.png')],
        action: 'remove',
        tag_id: model.id,
      }),
    ];
    for (const response of await Promise.all(refusals)) {
      expect([response.status, await response.json()]).toEqual([
        400,
        { detail: 'the tag "dreamshaper_8" is read from images, not a custom one' },
      ]);
    }
  });

  test('a removed tag is gone from every image; like stays', async () => {
    const { id, name } = await makeTag('removed');
    const paths = [at('fox.png'), at('plain.png')];
    await json(send('POST', '/db/batch_update_image_tag', { img_paths: paths, action: 'add', tag_id: id }));
    expect(await namesOf('plain.png')).toEqual([name]);
    expect(await json(send('POST', '/db/remove_custom_tag', { tag_id: id }))).toBeNull();
    expect(await json(send('POST', '/db/get_image_tags', { paths }))).toEqual({});
    expect((await send('POST', '/db/remove_custom_tag', { tag_id: id })).status).toBe(404);
    const like = await send('POST', '/db/remove_custom_tag', { tag_id: 1 });
    expect([like.status, await like.json()]).toEqual([
      400,
      { detail: 'the tag like is always there, by this name' },
    ]);
  });

  test('a tag is taken from one image by the ids of both', async () => {
    const { id } = await makeTag('by id');
    const { files } = await json<{ files: { id: number }[] }>(
      send('POST', '/db/search_by_substr', { surstr: 'fox.png' }),
    );
    const image = files[0]?.id;
    await json(send('POST', '/db/toggle_custom_tag_to_img', { img_path: at('fox.png'), tag_id: id }));
    const take = (img_id: unknown, tag_id: unknown) =>
      send('POST', '/db/remove_custom_tag_from_img', { img_id, tag_id });
    expect(await json(take(image, String(id)))).toBeNull();
    expect(await namesOf('fox.png')).toEqual([]);
    expect([(await take(987_654, id)).status, (await take(image, 987_654)).status]).toEqual([404, 404]);
  });

  test('tags are merged, an image with both counting once', async () => {
    const [from, into] = [await makeTag('from'), await makeTag('into')];
    const give = (names: string[], id: number) =>
      json(
        send('POST', '/db/batch_update_image_tag', { img_paths: names.map(at), action: 'add', tag_id: id }),
      );
    await give(['fox.png', 'plain.png'], from.id);
    await give(['fox.png'], into.id);
    expect(await json(send('POST', '/db/merge_tags', { tag_id: from.id, into: into.id }))).toMatchObject({
      id: into.id,
      count: 2,
    });
    expect(await namesOf('plain.png')).toEqual([into.name]);
    expect((await send('POST', '/db/merge_tags', { tag_id: from.id, into: into.id })).status).toBe(404);
    expect((await send('POST', '/db/merge_tags', { tag_id: into.id, into: into.id })).status).toBe(400);
    await json(send('POST', '/db/remove_custom_tag', { tag_id: into.id }));
  });

  test('rules tag by themselves, and the front end of IIB sees them in its own form', async () => {
    const { id, name } = await makeTag('ruled');
    const rules = [
      {
        tag_id: id,
        match: 'any',
        conditions: [
          { field: 'prompt', operator: 'contains', value: 'AUTUMN' },
          { field: 'path', operator: 'regex', value: 'panda\\.webp$' },
        ],
      },
    ];
    expect(await json(send('POST', '/db/auto_tag_rules', { rules }))).toEqual({
      tagged: 2,
      untagged: 0,
      timed_out: [],
    });
    expect(await json(get('/db/auto_tag_rules'))).toEqual(rules);
    expect([await namesOf('fox.png'), await namesOf('sub/panda.webp')]).toEqual([[name], [name]]);
    const settings = await json<{ app_fe_setting: object }>(get('/global_setting'));
    expect(settings.app_fe_setting).toMatchObject({
      auto_tag_rules: [
        { tag: name, filters: [{ field: 'pos_prompt', operator: 'contains', value: 'AUTUMN' }] },
        { tag: name, filters: [{ field: 'path', operator: 'regex', value: 'panda\\.webp$' }] },
      ],
    });
    await json(send('POST', '/db/remove_custom_tag', { tag_id: id }));
    expect(await json(get('/db/auto_tag_rules'))).toEqual([]);
    const after = await json<{ app_fe_setting: object }>(get('/global_setting'));
    expect(after.app_fe_setting).toMatchObject({ auto_tag_rules: [] });
  });

  test('a rule is tried on the newest images without tagging any', async () => {
    const attempt = (fields: object) => send('POST', '/db/try_auto_tag_rule', fields);
    const conditions = [
      { field: 'prompt', operator: 'contains', value: 'AUTUMN' },
      { field: 'path', operator: 'regex', value: 'panda\\.webp$' },
    ];
    const trial = await json<{ examples: { name: string }[] }>(attempt({ match: 'any', conditions }));
    expect({ ...trial, examples: trial.examples.map(({ name }) => name).toSorted() }).toEqual({
      looked_at: 4,
      matched: 2,
      examples: ['fox.png', 'panda.webp'],
      timed_out: [],
    });
    expect(await json(attempt({ match: 'all', conditions }))).toMatchObject({ matched: 0, examples: [] });
    expect(await json(attempt({ match: 'any', conditions, among: 1, examples: 0 }))).toMatchObject({
      looked_at: 1,
      examples: [],
    });
    expect(await json(attempt({ match: 'all', conditions: [] }))).toMatchObject({ matched: 0 });
    const broken = [{ field: 'text', operator: 'regex', value: '(' }];
    expect((await attempt({ match: 'all', conditions: broken })).status).toBe(400);
    expect([await namesOf('fox.png'), await namesOf('sub/panda.webp')]).toEqual([[], []]);
  });

  test('rules with unknown tags and broken expressions are refused', async () => {
    const status = async (tag_id: number, value: string) => {
      const conditions = [{ field: 'text', operator: 'regex', value }];
      return (await send('POST', '/db/auto_tag_rules', { rules: [{ tag_id, match: 'all', conditions }] }))
        .status;
    };
    expect([await status(987_654, 'a'), await status(1, '(')]).toEqual([404, 400]);
  });
});
