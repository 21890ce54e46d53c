import { symlink } from 'node:fs/promises';
import path from 'node:path';

import { openService, type IibOptions } from '@iib-kit/server';
import { onTestFinished, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { until } from './helpers/until.ts';

/** A library with a link to a folder on another disk, and one to a picture there. */
async function linkedLibrary() {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const at = (name: string) => path.join(folder, name);
  await makeImage(at('library/fox.png'), { text: infotext('a fox', 1) });
  await makeImage(at('disk/out/hen.png'), { text: infotext('a hen', 2) });
  await makeImage(at('disk/loose.png'), { text: infotext('an owl', 3) });
  await symlink(at('disk/out'), at('library/elsewhere'));
  await symlink(at('disk/loose.png'), at('library/loose.png'));
  const open = async (options: IibOptions) => {
    const logged: object[] = [];
    const service = await openService({
      extraPaths: [at('library')],
      dbPath: at('iib.db'),
      cacheDir: at('cache'),
      log: { warn: (details) => logged.push(details), error: () => undefined },
      ...options,
    });
    onTestFinished(() => service.close());
    const send = (method: 'GET' | 'POST', route: string, input: Record<string, unknown>) =>
      service.handle({
        method,
        base: '',
        path: route,
        endsInSlash: false,
        query: new URLSearchParams(method === 'GET' ? (input as Record<string, string>) : {}),
        headers: { host: 'localhost' },
        peerAddress: '127.0.0.1',
        signal: new AbortController().signal,
        readBody: async () => input,
      });
    const get = async (route: string, query: Record<string, string>) =>
      (await send('GET', route, query))?.status;
    return { service, logged, get, send, update: () => service.library.update() };
  };
  return { at, open };
}

test.each([
  ['in an allowed folder', (at: (name: string) => string) => ({ allowedPaths: [at('library'), at('disk')] })],
  ['anywhere, without access control', () => ({ accessControl: false })],
])('what links lead to %s is indexed and served', async (_, optionsOf) => {
  const { at, open } = await linkedLibrary();
  const { get, logged, update } = await open(optionsOf(at));
  expect(await update()).toMatchObject({ added: 3, failed: [], skippedLinks: [] });
  expect(logged).toEqual([]);
  expect(await get('/file', { path: at('library/elsewhere/hen.png') })).toBe(200);
  expect(await get('/image-thumbnail', { path: at('library/loose.png') })).toBe(200);
});

test('what links lead to elsewhere is neither, and named once in the log and in each result', async () => {
  const { at, open } = await linkedLibrary();
  const { get, logged, service, update } = await open({});
  const skippedLinks = [
    { path: at('library/elsewhere'), reason: 'outside' },
    { path: at('library/loose.png'), reason: 'outside' },
  ];
  expect(await update()).toMatchObject({ added: 1, skippedLinks });
  expect((await service.library.updateJob().done).skippedLinks).toEqual(skippedLinks);
  const links = [`${at('library/elsewhere')} (outside)`, `${at('library/loose.png')} (outside)`];
  expect(logged).toEqual([{ count: 2, links }]);
  expect(await get('/file', { path: at('library/elsewhere/hen.png') })).toBe(403);
});

test('what was indexed through a link is taken out once it is not allowed any more, and not served before', async () => {
  const { at, open } = await linkedLibrary();
  const wide = await open({ allowedPaths: [at('library'), at('disk')] });
  await wide.update();
  await wide.service.close();
  const { get, update } = await open({});
  expect(await get('/file', { path: at('library/elsewhere/hen.png') })).toBe(403);
  expect(await update()).toMatchObject({ added: 0, removed: 2 });
});

test('what file operations put into a linked folder is read at once', async () => {
  const { at, open } = await linkedLibrary();
  const { send, update } = await open({ allowedPaths: [at('library'), at('disk')] });
  await update();
  const sources = { file_paths: [at('library/fox.png')], dest: at('library/elsewhere') };
  expect((await send('POST', '/copy_files', sources))?.status).toBe(200);
  const found = async () => {
    const reply = await send('POST', '/db/search', { query: '', folder_paths: [at('library/elsewhere')] });
    const { files } = JSON.parse(typeof reply?.body === 'string' ? reply.body : '{}') as {
      files: { name: string }[];
    };
    return files.map(({ name }) => name).sort();
  };
  expect(await until(found, (names) => names.length > 1)).toEqual(['fox.png', 'hen.png']);
});
