import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Program {
  readonly child: ChildProcess;
  readonly folder: string;
  output: () => string;
  errors: () => string;
  /** Resolves with the first match in what the program prints. */
  printed: (pattern: RegExp) => Promise<string>;
  ended: Promise<number | null>;
}

async function run(
  args: string[],
  environment: Record<string, string> = {},
  folder?: string,
): Promise<Program> {
  const working = folder ?? (await newFolder());
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: working,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  cleanups.push(() => child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const printed = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const match = pattern.exec(output);
      if (match !== null) return match[1] ?? match[0];
      if (child.exitCode !== null) expect.fail(`ended with ${child.exitCode}: ${errors}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, folder: working, output: () => output, errors: () => errors, printed, ended };
}

async function newFolder(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  return folder;
}

const address = /Open (http\S+)/;
const upToDate = /Index up to date in [\d.]+ s: (.*)/;

async function search(url: string, surstr: string): Promise<string[]> {
  const response = await fetch(`${url}/db/search_by_substr`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ surstr }),
  });
  const page = (await response.json()) as { files: { name: string }[] };
  return page.files.map((file) => file.name);
}

test('without folders it makes a sample library, indexes and serves it', async () => {
  const program = await run(['--port', '0']);
  const url = await program.printed(address);
  expect(await program.printed(upToDate)).toBe('36 added, 0 changed, 0 removed, 0 unreadable');
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/infinite_image_browsing$/);
  expect((await search(url, 'lighthouse')).length).toBe(3);
  expect((await search(url, '熊猫')).length).toBe(3);
  const names = await readdir(path.join(program.folder, 'iib-sample-library'), { recursive: true });
  const formats = new Set(names.map((name) => path.extname(name)).filter(Boolean));
  expect([...formats].sort()).toEqual(['.jpg', '.png', '.webp']);

  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
});

test('the sample library has images of A1111 and of ComfyUI, read back as written', async () => {
  const program = await run(['--port', '0']);
  const url = await program.printed(address);
  await program.printed(upToDate);
  const texts = await Promise.all(
    ['00001-1000000007.png', 'ComfyUI_00003_.webp'].map(async (name) => {
      const [folder] = name.startsWith('Comfy') ? ['comfyui'] : ['txt2img'];
      const file = path.join(program.folder, 'iib-sample-library', folder ?? '', name);
      return (await fetch(`${url}/image_geninfo?path=${encodeURIComponent(file)}`)).json();
    }),
  );
  expect(texts[0]).toMatch(/^a lighthouse on a cliff above a stormy sea, masterpiece, oil painting\n/);
  expect(texts[1]).toMatch(/^a lighthouse on a cliff above a stormy sea, flat vector/);
  expect(texts[1]).toMatch(/Source Identifier: ComfyUI/);
});

test('with folders it serves those, in snake and in kebab case, and indexes when asked', async () => {
  const folder = await newFolder();
  await makeImage(path.join(folder, 'one/a.png'), { text: infotext('a kite', 1) });
  await makeImage(path.join(folder, 'two/b.png'), { text: infotext('a boat', 2) });
  const program = await run(
    [
      '--port=0',
      '--extra_paths',
      'one',
      'two',
      '--update-image-index',
      '--db_path',
      'data.db',
      '--base',
      'gallery',
    ],
    {},
    folder,
  );
  const url = await program.printed(address);
  expect(url).toMatch(/\/gallery$/);
  expect(await program.printed(upToDate)).toBe('2 added, 0 changed, 0 removed, 0 unreadable');
  expect(await search(url, 'boat')).toEqual(['b.png']);
  expect((await readdir(folder)).filter((name) => name.startsWith('iib'))).toEqual(['iib-cache']);
  expect(await readdir(folder)).toContain('data.db');
});

test('a running program stops on SIGINT, connections open or not, and can start again', async () => {
  const first = await run(['--port', '0']);
  const url = await first.printed(address);
  const hanging = fetch(`${url}/db/update_image_data`, { method: 'POST' }).catch(() => undefined);
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  await hanging;
  const second = await run(['--port', '0'], {}, first.folder);
  await second.printed(upToDate);
  expect(await search(await second.printed(address), 'lighthouse')).toHaveLength(3);
});

test('bad files among good ones are passed over, and what is readable is indexed', async () => {
  const folder = await newFolder();
  const library = path.join(folder, 'library');
  await makeImage(path.join(library, 'good.png'), { text: infotext('a kite', 1) });
  await writeFile(path.join(library, 'empty.png'), '');
  await writeFile(path.join(library, 'text.png'), 'this is no image');
  await makeImage(path.join(library, 'cut.png'), { text: infotext('a boat', 2) });
  await writeFile(
    path.join(library, 'cut.png'),
    (await readFile(path.join(library, 'cut.png'))).subarray(0, 60),
  );
  await mkdir(path.join(library, 'folder.png'));
  const program = await run(['--port', '0', '--extra_paths', library, '--update_image_index'], {}, folder);
  const url = await program.printed(address);
  await program.printed(upToDate);
  expect(await search(url, 'kite')).toEqual(['good.png']);
});

test('a library folder that is not there is a warning, and its images stay known', async () => {
  const program = await run(['--port', '0', '--extra_paths', 'gone', '--update_image_index']);
  await program.printed(upToDate);
  expect(program.errors()).toContain('iib-kit: gone is not there; its images stay in the index');
});

test('.env in the working folder is read, the environment goes before it', async () => {
  const folder = await newFolder();
  await writeFile(path.join(folder, '.env'), 'IIB_SECRET_KEY=from-file\nIIB_DB_PATH=from-file.db\n');
  const program = await run(['--port', '0'], { IIB_DB_PATH: 'from-environment.db' }, folder);
  const url = await program.printed(address);
  expect((await fetch(`${url}/version`)).status).toBe(401);
  expect((await fetch(`${url}/version`, { headers: { authorization: 'Bearer from-file' } })).status).toBe(
    200,
  );
  expect(await readdir(folder)).toContain('from-environment.db');
});

async function failure(args: string[], folder?: string): Promise<{ code: number | null; errors: string }> {
  const program = await run(args, {}, folder);
  return { code: await program.ended, errors: program.errors() };
}

test('a port in use ends it with one line that names the port', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  cleanups.push(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  expect(await failure(['--port', String(port)])).toEqual({
    code: 1,
    errors: `iib-kit: port ${port} is in use; choose another with --port\n`,
  });
});

test('an unknown option ends it with the nearest name', async () => {
  expect(await failure(['--extra_path', '/a'])).toEqual({
    code: 2,
    errors:
      "iib-kit: unknown option '--extra-path' (Did you mean --extra-paths?); --help lists the options\n",
  });
});

test('a database file that is none ends it, and the file stays as it was', async () => {
  const folder = await newFolder();
  const file = path.join(folder, 'holiday.txt');
  const content = 'we went to the sea. '.repeat(500);
  await writeFile(file, content);
  const { code, errors } = await failure(['--port', '0', '--db_path', file], folder);
  expect([code, errors]).toEqual([
    1,
    `iib-kit: ${file} is not an SQLite database; choose another file with --db_path\n`,
  ]);
  expect(await readFile(file, 'utf8')).toBe(content);
});

test('a library folder that is a file ends it by name', async () => {
  const folder = await newFolder();
  await writeFile(path.join(folder, 'a.png'), 'x');
  expect(await failure(['--port', '0', '--extra_paths', 'a.png'], folder)).toEqual({
    code: 1,
    errors: 'iib-kit: --extra_paths a.png is not a folder\n',
  });
});

test('a database folder that is not there is named', async () => {
  const folder = await newFolder();
  const { code, errors } = await failure(['--port', '0', '--db_path', 'nowhere/iib.db'], folder);
  expect(code).toBe(1);
  expect(errors).toMatch(/^iib-kit: .*nowhere.*\n$/);
});

test('thumbnails are made beforehand, and only those that are missing', async () => {
  const folder = await newFolder();
  await makeImage(path.join(folder, 'library/a.png'));
  await makeImage(path.join(folder, 'library/sub/b.jpg'));
  await writeFile(path.join(folder, 'library/broken.png'), 'this is no image');
  const args = ['--extra_paths', 'library', '--generate_image_cache', '--gen_cache_verbose'];
  const first = await run(args, {}, folder);
  expect(await first.ended).toBe(0);
  expect(first.output().split('\n').sort().join('\n').trim()).toBe(
    [
      path.join(folder, 'library/a.png'),
      path.join(folder, 'library/sub/b.jpg'),
      'Pictures ready: 2 made, 0 were there, 1 failed',
    ].join('\n'),
  );
  expect(first.errors()).toMatch(/^iib-kit: .*broken\.png.*\n$/);
  const second = await run(args, {}, folder);
  await second.ended;
  expect(second.output()).toMatch(/^Pictures ready: 0 made, 2 were there, 1 failed\n$/m);
});

test('the index is brought up to date before thumbnails are made, where both are asked for', async () => {
  const folder = await newFolder();
  await makeImage(path.join(folder, 'library/a.png'));
  const args = ['--extra_paths', 'library', '--generate_image_cache', '--update_image_index'];
  const made = await run(args, {}, folder);
  expect(await made.ended).toBe(0);
  expect(made.output()).toMatch(
    /^Index up to date in [\d.]+ s: 1 added, .*\nPictures ready: 1 made, 0 were there, 0 failed\n$/,
  );
});

test('thumbnails that are made beforehand keep the limit of the options', async () => {
  const folder = await newFolder();
  await makeImage(path.join(folder, 'library/a.png'));
  const args = ['--extra_paths', 'library', '--generate_image_cache', '--thumbnail_max_pixels', '1000'];
  const made = await run(args, {}, folder);
  await made.ended;
  expect(made.output()).toMatch(/^Pictures ready: 0 made, 0 were there, 1 failed\n$/m);
  expect(made.errors()).toContain('64 x 48 pixels, more than maxPixels (1000)');
});

test('pictures cannot be made beforehand without folders', async () => {
  expect(await failure(['--generate_image_cache'])).toEqual({
    code: 1,
    errors: 'iib-kit: there are no library folders; name some with --extra_paths\n',
  });
});

test('--help and --version print and end', async () => {
  const help = await run(['--help']);
  expect(await help.ended).toBe(0);
  expect(help.output()).toContain('--extra-paths <folders...>');
  const version = await run(['--version']);
  expect(await version.ended).toBe(0);
  expect(version.output()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.skipIf(process.platform === 'win32').each([
  ['error', `setImmediate(() => { throw new Error('broken on purpose'); })`],
  ['rejection', `Promise.reject(new Error('broken on purpose'))`],
])('an %s that nobody caught is told, and ends the program with its database closed', async (_, code) => {
  const preload = `data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${code} })`)}`;
  const program = await run(['--port', '0'], { NODE_OPTIONS: `--import=${preload}` });
  await program.printed(upToDate);
  program.child.kill('SIGUSR2');
  expect(await program.ended).toBe(1);
  expect(program.errors()).toMatch(
    /^iib-kit: unexpected error, stopping: Error: broken on purpose\n {4}at /m,
  );
  // What is still to be written into the database is in a file of its own until it is closed.
  expect((await readdir(program.folder)).filter((name) => name.startsWith('iib.db'))).toEqual(['iib.db']);
});
