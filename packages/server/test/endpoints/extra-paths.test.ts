import path from 'node:path';

import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, folder, at } = await madeService();

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
});
