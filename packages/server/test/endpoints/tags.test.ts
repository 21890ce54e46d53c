import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, at } = await madeService();

overTransports(service, ({ send, json, transport }) => {
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
});
