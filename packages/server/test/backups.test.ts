import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { openIndex } from '@iib-kit/index-db';
import { launchApp } from '@iib-kit/server';
import { expect, onTestFinished, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

async function libraryOfOne() {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const image = path.join(folder, 'library', 'one.png');
  await makeImage(image, { text: infotext('a kite', 1) });
  return { folder, image, library: path.dirname(image), dbPath: path.join(folder, 'iib.db') };
}

async function run(folder: string, args: string[]) {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', IIB_SERVER_LANG: 'en' },
  });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { output, errors, code };
}

test('the program lists backups and restores one, but not under a server', async () => {
  const { folder, image, library, dbPath } = await libraryOfOne();
  const index = await openIndex({ path: dbPath });
  await index.update([library]);
  await index.setRating([image], 5);
  const backup = await index.backUp();
  await index.setRating([image], 1);

  const listed = await run(folder, ['--list_backups']);
  expect([listed.code, listed.errors]).toEqual([0, '']);
  const [first, second] = listed.output.split('\n');
  expect(first).toBe(backup);
  expect(second).toMatch(/UTC, [\d.]+ MiB, sound: 1 images, 1 tags, 1 ratings, notes and tagged images$/);

  const refused = await run(folder, ['--restore_backup', 'newest']);
  expect([refused.code, refused.errors]).toEqual([
    1,
    `iib-kit: A program has the database open: ${dbPath}\n`,
  ]);
  await index.close();

  const unknown = await run(folder, ['--restore_backup', 'iib.db.none.bak']);
  expect([unknown.code, unknown.errors]).toEqual([
    1,
    'iib-kit: there is no backup iib.db.none.bak; --list_backups lists those that there are\n',
  ]);

  const restored = await run(folder, ['--restore_backup', path.basename(backup)]);
  expect([restored.code, restored.errors]).toEqual([0, '']);
  expect(restored.output).toContain(`The previous index is kept as ${dbPath}.`);
  const [before, after] = await Promise.all(
    [dbPath, (await readdir(folder)).find((name) => name.endsWith('.replaced')) ?? ''].map(ratingIn),
  );
  expect([before, after]).toEqual([5, 1]);

  async function ratingIn(file: string) {
    const opened = await openIndex({ path: path.resolve(folder, file) });
    const { rating } = (await opened.annotationsOf([image])).get(image) ?? {};
    await opened.close();
    return rating;
  }
});

test('a database without backups says so', async () => {
  const { folder, dbPath } = await libraryOfOne();
  expect(await run(folder, ['--list_backups'])).toEqual({
    output: `There are no backups of ${dbPath}\n`,
    errors: '',
    code: 0,
  });
  await expect(stat(dbPath)).rejects.toThrow('ENOENT');
});

test.each([
  ['a rebuild', '/db/rebuild_index', {}],
  ['emptying the trash', '/trash/empty', {}],
  ['an import of marks', '/db/marks/import', { lines: '' }],
])('a copy is made before %s, where there is none of the last hour', async (_, route, body) => {
  const { folder, library, dbPath } = await libraryOfOne();
  const app = await launchApp({
    port: 0,
    dbPath,
    extraPaths: [library],
    cacheDir: path.join(folder, 'cache'),
    dbBackups: 3,
  });
  onTestFinished(() => app.close());
  const copies = async () => (await readdir(folder)).filter((name) => name.endsWith('.bak'));
  await app.service.library.update();
  // The one of the day would be made at the next start: there was nothing to copy at this one.
  expect(await copies()).toEqual([]);
  for (let time = 0; time < 2; time += 1) {
    const response = await fetch(app.url + route, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    expect(await copies()).toHaveLength(1);
  }
});
