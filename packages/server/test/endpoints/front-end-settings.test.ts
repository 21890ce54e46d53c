import { homedir } from 'node:os';

import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, library, at } = await madeService();

interface GlobalSetting {
  readonly app_fe_setting: Readonly<Record<string, unknown>>;
  readonly extra_paths: readonly object[];
}

overTransports(service, ({ get, send, json, transport }) => {
  const set = (name: string, value: unknown) => send('POST', '/app_fe_setting', { name, value });
  const kept = async () => (await json<GlobalSetting>(get('/global_setting'))).app_fe_setting;
  const namesOf = async (file: string) =>
    (await json<{ name: string }[]>(get('/db/img_selected_custom_tag', { path: at(file) }))).map(
      (tag) => tag.name,
    );

  test('/global_setting has all that the front end of IIB asks for at its start', async () => {
    expect(await json(get('/global_setting'))).toEqual({
      global_setting: {},
      cwd: process.cwd(),
      is_win: process.platform === 'win32',
      home: homedir(),
      sd_cwd: process.cwd(),
      all_custom_tags: expect.arrayContaining([
        { id: 1, name: 'like', type: 'custom', count: 0, color: '', score: 0, display_name: null },
      ]),
      extra_paths: [{ path: library, types: ['cli_access_only'], alias: '' }],
      enable_access_control: true,
      launch_mode: 'server',
      export_fe_fn: false,
      app_fe_setting: expect.any(Object),
      is_readonly: false,
    });
  });

  test('folders that were added stand before those given at start; one that is both is told once', async () => {
    for (const [folder, alias] of [
      [at('sub'), 'Sub'],
      [library, ''],
    ]) {
      await json(send('POST', '/db/extra_paths', { path: folder, types: ['walk'], alias }));
    }
    expect((await json<GlobalSetting>(get('/global_setting'))).extra_paths).toEqual([
      { path: at('sub'), types: ['walk'], alias: 'Sub' },
      { path: library, types: ['walk', 'cli_access_only'], alias: '' },
    ]);
    for (const folder of [at('sub'), library]) {
      await json(send('DELETE', '/db/extra_paths', { path: folder, types: ['walk'] }));
    }
  });

  test('a setting is kept as JSON, replaced and removed by the body of DELETE', async () => {
    expect(await json(set('global', '{"grid":256}'))).toBeNull();
    expect(await json(set('global', '{"grid":512,"__proto__":1}'))).toBeNull();
    expect(await json(set('workspace_snapshot_1', '"猫"'))).toBeNull();
    expect(await kept()).toMatchObject({ workspace_snapshot_1: '猫' });
    expect(JSON.stringify((await kept())['global'])).toBe('{"grid":512,"__proto__":1}');
    expect((await send('DELETE', '/app_fe_setting?name=global')).status).toBe(422);
    expect(await json(send('DELETE', '/app_fe_setting', { name: 'global' }))).toBeNull();
    expect(await json(send('DELETE', '/app_fe_setting', { name: 'never there' }))).toBeNull();
    expect(Object.keys(await kept())).not.toContain('global');
  });

  test.each([
    ['an object', { a: 1 }, 422],
    ['no JSON', '{grid', 400],
    ['what lies too deep', '['.repeat(45_000) + ']'.repeat(45_000), 400],
  ])('%s is no value', async (_, value, status) => {
    expect((await set('broken', value)).status).toBe(status);
    expect(Object.keys(await kept())).not.toContain('broken');
  });

  test('rules of IIB tag images, in every field that IIB knows', async () => {
    const tag = `${transport} rules`;
    const rule = (field: string, operator: string, value: string) => ({
      tag,
      filters: [{ field, operator, value }],
    });
    const tagged = async (rules: unknown) => {
      const response = await set('auto_tag_rules', JSON.stringify(rules));
      expect(response.status).toBe(200);
      const files = ['fox.png', 'sub/lighthouse.jpg', 'sub/panda.webp', 'plain.png'];
      const found: string[] = [];
      for (const file of files) if ((await namesOf(file)).includes(tag)) found.push(file);
      await json(set('auto_tag_rules', '[]'));
      const { all_custom_tags: all } = await json<{ all_custom_tags: { id: number; name: string }[] }>(
        get('/global_setting'),
      );
      const id = all.find(({ name }) => name === tag)?.id;
      if (id !== undefined) await json(send('POST', '/db/remove_custom_tag', { tag_id: id }));
      return found;
    };
    expect(await tagged([rule('pos_prompt', 'contains', 'FOX')])).toEqual(['fox.png']);
    expect(await tagged([rule('neg_prompt', 'equals', 'lowres, blurry')])).toHaveLength(3);
    expect(await tagged([rule('Model', 'equals', 'dreamshaper')])).toEqual([]);
    expect(await tagged([rule('Sampler', 'regex', '^euler')])).toHaveLength(3);
    expect(await tagged([rule('Seed', 'equals', '1')])).toEqual([]);
    expect(await tagged([rule('Seed', 'equals', '12')])).toEqual(['sub/lighthouse.jpg']);
    expect(await tagged([rule('CFG scale', 'contains', '7'), rule('Size', 'regex', '\\d+x48')])).toHaveLength(
      3,
    );
    expect(
      await tagged([
        {
          tag,
          filters: [
            ...rule('Seed', 'regex', '1[12]').filters,
            ...rule('pos_prompt', 'contains', 'sea').filters,
          ],
        },
      ]),
    ).toEqual(['sub/lighthouse.jpg']);
    expect(await tagged([{ tag, filters: [] }])).toEqual([]);
  });

  test.each([
    [{}, 'auto_tag_rules: must be a list of rules'],
    [[7], 'auto_tag_rules: rule 1 must be an object'],
    [[{ filters: [] }], 'auto_tag_rules: rule 1 must name a tag'],
    [
      [{ tag: 'x', filters: [{ field: 'Model', operator: 'is_not', value: 'y' }] }],
      'auto_tag_rules: rule 1 has the operator "is_not", which is none of contains, equals, regex',
    ],
  ])('rules like %j are refused, and those that were there stay', async (rules, detail) => {
    const before = await kept();
    const response = await set('auto_tag_rules', JSON.stringify(rules));
    expect([response.status, await response.json()]).toEqual([400, { detail }]);
    expect(await kept()).toEqual(before);
  });
});
