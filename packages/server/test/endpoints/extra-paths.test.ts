import path from 'node:path';

import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, folder, library, at } = await madeService();

overTransports(service, ({ get, send, json }) => {
  test('extra paths are added, listed and removed; DELETE has a body', async () => {
    const extra = at('sub');
    expect(await json(send('POST', '/db/extra_paths', { path: extra, types: ['scan', 'walk'] }))).toBeNull();
    expect(await json(get('/db/extra_paths'))).toEqual([
      { path: extra, types: ['scanned', 'walk'], alias: '' },
    ]);
    expect(await json(send('DELETE', '/db/extra_paths', { path: extra, types: ['scanned'] }))).toBeNull();
    expect(await json(get('/db/extra_paths'))).toEqual([{ path: extra, types: ['walk'], alias: '' }]);
    expect(await json(send('DELETE', '/db/extra_paths', { path: extra, types: ['walk'] }))).toBeNull();
    expect(await json(get('/db/extra_paths'))).toEqual([]);
  });

  test('extra paths outside the allowed folders, absent ones and files are refused', async () => {
    const add = async (target: string) =>
      (await send('POST', '/db/extra_paths', { path: target, types: ['scanned'] })).status;
    expect([
      await add(path.join(folder, 'private')),
      await add(at('nowhere')),
      await add(at('fox.png')),
    ]).toEqual([403, 404, 400]);
  });

  test('a folder is named, and keeps its name when types are added', async () => {
    const extra = at('sub');
    await json(send('POST', '/db/extra_paths', { path: extra, types: ['walk'], alias: ' Sub ' }));
    expect(await json(get('/db/extra_paths'))).toEqual([{ path: extra, types: ['walk'], alias: 'Sub' }]);
    expect(await json(send('POST', '/db/alias_extra_path', { path: `${extra}/`, alias: 'Other' }))).toEqual({
      path: extra,
      types: ['walk'],
      alias: 'Other',
    });
    await json(send('POST', '/db/extra_paths', { path: extra, types: ['scanned-fixed'] }));
    expect(await json(get('/db/extra_paths'))).toEqual([
      { path: extra, types: ['scanned-fixed', 'walk'], alias: 'Other' },
    ]);
    await json(send('DELETE', '/db/extra_paths', { path: extra, types: ['scanned-fixed', 'walk'] }));
    expect((await send('POST', '/db/alias_extra_path', { path: extra, alias: 'x' })).status).toBe(404);
  });

  test('a folder given at start cannot be taken out while another was added', async () => {
    await json(send('POST', '/db/extra_paths', { path: at('sub'), types: ['walk'] }));
    expect((await send('DELETE', '/db/extra_paths', { path: library, types: ['walk'] })).status).toBe(400);
    expect(await json(get('/db/extra_paths'))).toEqual([{ path: at('sub'), types: ['walk'], alias: '' }]);
    await json(send('DELETE', '/db/extra_paths', { path: at('sub'), types: ['walk'] }));
  });

  test('a folder that was given at start and added can be taken from those added, and keeps its images', async () => {
    await json(send('POST', '/db/extra_paths', { path: library, types: ['scanned'] }));
    expect(await json(send('DELETE', '/db/extra_paths', { path: library, types: ['scanned'] }))).toBeNull();
    expect(await json(get('/db/extra_paths'))).toEqual([]);
    const again = await send('DELETE', '/db/extra_paths', { path: library, types: ['scanned'] });
    expect(again.status).toBe(400);
    const page = await json(
      send('POST', '/db/search_by_substr', { surstr: 'fox asleep', regexp: '', cursor: '' }),
    );
    expect(page).toMatchObject({ files: [{ fullpath: at('fox.png') }] });
  });

  test('folders given at start cannot be taken out, nor can their type be given', async () => {
    const refused = await send('DELETE', '/db/extra_paths', { path: library, types: ['scanned'] });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { detail: `${JSON.stringify(library)} was given when the server was started` },
    ]);
    for (const types of [['cli_access_only'], [], ['nonsense'], 'scanned']) {
      expect((await send('POST', '/db/extra_paths', { path: at('sub'), types })).status).toBe(422);
    }
    expect(await json(send('DELETE', '/db/extra_paths', { path: at('none'), types: ['walk'] }))).toBeNull();
  });
});
