import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, test, vi } from 'vitest';

import { madeService } from './helpers/made-service.ts';
import { overTransports } from './helpers/over-transports.ts';

const { service, folder, at } = await madeService();

// A program of ours in the place of the desktop's, which writes down what it is asked to open.
const programs = path.join(folder, 'programs');
const opened = path.join(folder, 'opened');
await mkdir(programs);
for (const name of ['xdg-open', 'open']) {
  await writeFile(path.join(programs, name), `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > '${opened}'\n`);
  await chmod(path.join(programs, name), 0o755);
}
await symlink(at('fox.png'), at('link.png'));

overTransports(service, ({ send }) => {
  const open = (route: string, file: string, headers: Record<string, string> = {}, found = programs) => {
    vi.stubEnv('PATH', `${found}:/usr/bin:/bin`);
    return Object.keys(headers).length === 0
      ? send('POST', route, { path: file })
      : service.handle({
          method: 'POST',
          base: service.base,
          path: route,
          endsInSlash: false,
          query: new URLSearchParams(),
          headers: { host: 'localhost', ...headers },
          peerAddress: '127.0.0.1',
          signal: new AbortController().signal,
          readBody: async () => ({ path: file }),
        });
  };
  const wasOpened = async (file: string) => {
    await vi.waitFor(async () => expect(await readFile(opened, 'utf8')).toBe(`1\n${file}\n`), 60_000);
    await writeFile(opened, '');
  };

  test.skipIf(process.platform === 'win32')('opens files with their names as one argument', async () => {
    const odd = at("a; touch 'x' $(y).txt");
    await writeFile(odd, '');
    expect((await open('/open_with_default_app', odd))?.status).toBe(200);
    await wasOpened(odd);
    expect((await open('/open_folder', at('fox.png')))?.status).toBe(200);
    await wasOpened(path.dirname(at('fox.png')));
    expect((await open('/open_folder', at('sub')))?.status).toBe(200);
    await wasOpened(at('sub'));
  });

  test('what is not there, is no file, or lies outside is refused', async () => {
    expect((await open('/open_with_default_app', at('missing.png')))?.status).toBe(404);
    expect((await open('/open_with_default_app', at('sub')))?.status).toBe(400);
    expect((await open('/open_with_default_app', at('way-out.png')))?.status).toBe(403);
    expect((await open('/open_folder', path.join(folder, 'private')))?.status).toBe(403);
  });

  test.each([
    { 'x-forwarded-for': '203.0.113.7' },
    { 'x-forwarded-for': '203.0.113.7, 127.0.0.1' },
    { forwarded: 'for=203.0.113.7' },
    { 'x-real-ip': '203.0.113.7' },
  ])('a caller behind a proxy (%j) is refused', async (headers) => {
    for (const route of ['/open_folder', '/open_with_default_app']) {
      expect((await open(route, at('fox.png'), headers))?.status).toBe(403);
    }
  });
});
