import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openIndex } from '@iib-kit/index-db';
import { launchApp } from '@iib-kit/server';
import { afterEach, expect, test } from 'vitest';

import { launcher } from './helpers/launched-app.ts';
import { makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { until } from './helpers/until.ts';

const launch = launcher();
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A web UI whose folders are relative to its `config.json`, an image in each. */
async function madeWebui(): Promise<{ folder: string; config: string; at: (name: string) => string }> {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const at = (name: string) => path.join(folder, name);
  await mkdir(folder, { recursive: true });
  const settings = {
    outdir_txt2img_samples: 'out/txt2img',
    outdir_save: 'log',
    outdir_extras_samples: 'out/extras',
  };
  await writeFile(at('config.json'), JSON.stringify(settings));
  for (const name of ['out/txt2img/a.png', 'log/b.png', 'out/extras/c.png', 'private/d.png'])
    await makeImage(at(name));
  return { folder, config: at('config.json'), at };
}

test('the output folders of a web UI are library folders, and allowed', async () => {
  const { folder, config, at } = await madeWebui();
  const app = await launchApp({
    port: 0,
    sdWebuiConfig: config,
    sdWebuiPathRelativeToConfig: true,
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  cleanups.push(() => app.close());
  expect(await app.service.library.update()).toMatchObject({ added: 3 });
  const statuses = ['out/txt2img/a.png', 'log/b.png', 'out/extras/c.png', 'private/d.png'].map(
    async (name) => (await fetch(`${app.url}/file?path=${encodeURIComponent(at(name))}`)).status,
  );
  expect(await Promise.all(statuses)).toEqual([200, 200, 200, 403]);
});

test('words name folders of the web UI among the allowed ones', async () => {
  const { folder, config, at } = await madeWebui();
  const app = await launchApp({
    port: 0,
    sdWebuiConfig: config,
    sdWebuiPathRelativeToConfig: true,
    allowedPaths: ['txt2img', at('private')],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  cleanups.push(() => app.close());
  const statuses = ['out/txt2img/a.png', 'log/b.png', 'out/extras/c.png', 'private/d.png'].map(
    async (name) => (await fetch(`${app.url}/file?path=${encodeURIComponent(at(name))}`)).status,
  );
  expect(await Promise.all(statuses)).toEqual([200, 403, 403, 200]);
});

test('the index is copied at the first start of a day and not at the second', async () => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const options = {
    port: 0,
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    dbBackups: 2,
  };
  const copies = async () => {
    const index = await openIndex({ path: options.dbPath });
    const found = await index.backups();
    await index.close();
    return found;
  };
  const library = path.join(folder, 'library');
  await makeImage(path.join(library, 'a.png'));
  const filled = await openIndex({ path: options.dbPath });
  await filled.update([library]);
  await filled.close();
  for (let start = 0; start < 2; start += 1) {
    const app = await launchApp(options);
    await until(copies, (found) => found.length > 0);
    await app.close();
  }
  expect(await copies()).toHaveLength(1);
});

test('pages of named origins may frame ours where functions are exported, and only there', async () => {
  const allowCors = ['https://a.example'];
  const policyOf = async (options: object, route: string) => {
    const { app } = await launch(options);
    return (await fetch(app.url + route)).headers.get('content-security-policy')?.split('; ').at(-1);
  };
  for (const route of ['', '/hello']) {
    expect(await policyOf({ allowCors, exportFeFn: true }, route)).toBe(
      "frame-ancestors 'self' https://a.example",
    );
    expect(await policyOf({ allowCors }, route)).toBe("frame-ancestors 'self'");
    expect(await policyOf({ allowCors: true, exportFeFn: true }, route)).toBe("frame-ancestors 'self'");
  }
});
