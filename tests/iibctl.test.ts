import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { openIndex } from '@iib-kit/index-db';
import { launchApp, type LaunchedApp, type LaunchOptions } from '@iib-kit/server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';

import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const program = fileURLToPath(new URL('../packages/client/dist/iibctl.js', import.meta.url));
const { folder, remove } = await temporaryFolder();
const library = path.join(folder, 'library');
const at = (name: string) => path.join(library, name);
const hostile = 'evil\u001b[31m\n\u202egnp.png';
let app: LaunchedApp;

// Each run is a process of its own, and a test has several.
vi.setConfig({ testTimeout: 240_000 });

beforeAll(async () => {
  await makeLibrary(library, {
    'kite.png': 'a kite over the dunes, masterpiece',
    'boat.jpg': 'a boat at rest',
    '雪山.png': '雪山と湖',
    [hostile]: 'two lines\nand \u001b]0;a title\u0007',
    'fox/1.png': 'a fox in the snow, oil painting',
    'fox/2.png': 'a fox in the snow, oil painting, evening',
    'fox/3.png': 'a fox in the snow, oil painting, morning',
  });
  app = await launch({});
  await app.service.library.update();
});

afterAll(async () => {
  await app.close();
  await remove();
});

async function launch(options: LaunchOptions): Promise<LaunchedApp> {
  return launchApp({
    port: 0,
    extraPaths: [library],
    ...(options.index === undefined ? { dbPath: path.join(folder, 'iib.db') } : {}),
    cacheDir: path.join(folder, 'cache'),
    log: { warn: () => {}, error: () => {} },
    ...options,
  });
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the mutator says to the programs under test. */
const mutant = {
  IIB_MUTANT: process.env['IIB_MUTANT'],
  IIB_MUTANT_HITS: process.env['IIB_MUTANT_HITS'],
};

interface RunOptions {
  readonly env?: Record<string, string>;
  readonly input?: Uint8Array;
  /** Writes as to a terminal of so many columns. */
  readonly columns?: number;
  /** Called with what was written so far to standard error, and a function that sends Ctrl+C. */
  readonly onStart?: (interrupt: () => void) => void;
}

async function iibctl(
  args: readonly string[],
  { env = {}, input, columns, onStart }: RunOptions = {},
): Promise<Ended> {
  const terminal = `data:text/javascript,Object.assign(process.stdout, { isTTY: true, columns: ${columns} })`;
  const preload = columns === undefined ? [] : ['--import', terminal];
  const child = spawn(process.execPath, [...preload, program, ...args], {
    env: { PATH: process.env.PATH, IIB_URL: app.url, ...mutant, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(input);
  onStart?.(() => child.kill('SIGINT'));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

const lines = ({ stdout }: Ended) => stdout.split('\n').slice(0, -1);
const jsonLines = (ended: Ended) => lines(ended).map((line) => JSON.parse(line) as Record<string, unknown>);

describe('search', () => {
  test('prints a path a line, and shows what a terminal would act upon', async () => {
    const found = await iibctl(['search', '--sort', 'name', '--folder', library]);
    expect(found.code).toBe(2);
    const all = await iibctl(['search', '', '--sort', 'name']);
    expect(all).toMatchObject({ code: 0, stderr: '' });
    expect(lines(all).sort()).toEqual(
      [
        at('kite.png'),
        at('boat.jpg'),
        at('雪山.png'),
        at(String.raw`evil\u001b[31m\u000a\u202egnp.png`),
        at('fox/1.png'),
        at('fox/2.png'),
        at('fox/3.png'),
      ].sort(),
    );
  });

  test('gives names as they are with --json and --null', async () => {
    const json = await iibctl(['search', 'name:evil', '--json']);
    expect(json.stdout).not.toContain('\u001b');
    expect(jsonLines(json).map((image) => image['fullpath'])).toEqual([at(hostile)]);
    expect((await iibctl(['search', 'name:evil', '-0'])).stdout).toBe(`${at(hostile)}\0`);
  });

  test.each([
    [
      ['fox', 'painting', '--sort', 'name'],
      ['fox/1.png', 'fox/2.png', 'fox/3.png'],
    ],
    [
      ['fox', '--sort', 'name', '--limit', '2'],
      ['fox/1.png', 'fox/2.png'],
    ],
    [['fox', '--sort', 'name', '--limit', '1'], ['fox/1.png']],
    [['--substring', 'KITE over'], ['kite.png']],
    [['--regexp', '^boat\\.jpg$'], ['boat.jpg']],
    [
      ['a', '--folder', 'FOX', '--sort', 'name', '--all'],
      ['fox/1.png', 'fox/2.png', 'fox/3.png'],
    ],
    [['--sort', 'name', '--', '-snow -kite -雪山 -two'], ['boat.jpg']],
  ])('%j finds %j', async (args, names) => {
    const found = await iibctl(['search', ...args.map((arg) => arg.replace('FOX', at('fox')))]);
    expect([found.code, lines(found)]).toEqual([0, names.map(at)]);
  });

  test('that finds nothing ends with 1', async () => {
    expect(await iibctl(['search', 'a unicorn'])).toEqual({ code: 1, stdout: '', stderr: 'nothing found\n' });
    expect(await iibctl(['search', 'a unicorn', '--json'])).toMatchObject({ code: 1, stdout: '' });
  });

  test('with a wrong query says what is wrong with it, and where', async () => {
    expect(await iibctl(['search', 'fox steps:many'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'iibctl: "many" is not a number: steps: takes one such as 512, or a range such as 512..1024 (at character 5 of the query)\n',
    });
  });
});

describe('tags', () => {
  test('are given, taken, toggled and merged', async () => {
    const [kite, boat] = [at('kite.png'), at('boat.jpg')];
    const tagged = async (tag: string) =>
      lines(await iibctl(['search', `tag="${tag}"`, '--sort', 'name'])).map((file) => path.basename(file));
    expect(await iibctl(['tags', 'add', 'for the blog', kite, boat])).toMatchObject({
      code: 0,
      stdout: 'tagged 2 images: for the blog\n',
    });
    expect(await tagged('for the blog')).toEqual(['boat.jpg', 'kite.png']);
    await iibctl(['tags', 'remove', 'for the blog', boat]);
    expect(await tagged('for the blog')).toEqual(['kite.png']);
    const toggled = await iibctl(['tags', 'toggle', 'for the blog', kite, boat, '--json']);
    expect(jsonLines(toggled)).toEqual([
      { action: 'remove', tag: 'for the blog', paths: [kite] },
      { action: 'add', tag: 'for the blog', paths: [boat] },
    ]);
    await iibctl(['tags', 'add', 'later', kite]);
    expect(await iibctl(['tags', 'merge', 'later', 'for the blog'])).toMatchObject({
      code: 0,
      stdout: 'merged later into for the blog: 2 images\n',
    });
    const list = await iibctl(['tags', 'list', '--type', 'custom']);
    expect(lines(list)).toContain('2\tcustom\tfor the blog');
    const json = JSON.parse((await iibctl(['tags', 'list', '--type', 'custom', '--json'])).stdout);
    expect(json).toContainEqual(expect.objectContaining({ name: 'for the blog', count: 2 }));
  });

  test('that are not there end with 1, files that may not be tagged with 4', async () => {
    for (const args of [
      ['remove', 'nope', at('kite.png')],
      ['merge', 'nope', 'like'],
    ]) {
      expect(await iibctl(['tags', ...args])).toEqual({
        code: 1,
        stdout: '',
        stderr: 'iibctl: there is no custom tag "nope"\n',
      });
    }
    expect(await iibctl(['tags', 'add', 'x', '/etc/passwd'])).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/^iibctl: the server refused: 403: .*\n$/),
    });
  });
});

describe('info', () => {
  test('shows what generated a file, without a server and without what a terminal would act upon', async () => {
    const shown = await iibctl(['info', at(hostile), at('雪山.png')], {
      env: { IIB_URL: 'http://127.0.0.1:1' },
    });
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).not.toContain('\u001b');
    expect(shown.stdout).toContain('prompt     two lines\n             and \\u001b]0;a title\\u0007\n');
    expect(shown.stdout).toContain('prompt     雪山と湖\n');
    expect(shown.stdout).toContain('kind       png, 96×64\n');
    expect(shown.stdout).toContain('seed       42\n');
  });

  test('reads standard input', async () => {
    const [found] = jsonLines(
      await iibctl(['info', '-', '--json'], { input: await readFile(at('boat.jpg')) }),
    );
    expect(found).toMatchObject({
      file: '-',
      metadata: { container: 'jpeg', generation: { prompt: 'a boat at rest', seed: '42' } },
    });
  });

  test('names folders and files that are not there, and goes on', async () => {
    const shown = await iibctl(['info', library, at('kite.png'), at('gone.png'), '--json']);
    expect(shown.code).toBe(4);
    expect(jsonLines(shown)).toEqual([
      { file: library, error: { code: 'is-directory', message: expect.stringContaining(library) } },
      { file: at('kite.png'), metadata: expect.objectContaining({ generator: 'automatic1111' }) },
      { file: at('gone.png'), error: { code: 'not-found', message: expect.stringContaining('gone.png') } },
    ]);
    expect(await iibctl(['info', library])).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringMatching(/^iibctl: .* is a folder.*\n$/),
    });
  });
});

describe('index and jobs', () => {
  test('new images are found after an update, and a rebuild reads every file', async () => {
    await makeLibrary(library, { 'owl.png': 'an owl at night' });
    expect(await iibctl(['index', 'update'])).toEqual({
      code: 0,
      stdout: 'index up to date: 1 added, 0 changed, 0 removed, 0 unreadable\n',
      stderr: '',
    });
    const rebuilt = await iibctl(['index', 'update', '--rebuild', '--json']);
    expect(JSON.parse(rebuilt.stdout)).toMatchObject({ status: 'completed', result: { changed: 8 } });
    const status = await iibctl(['index', 'status', '--json']);
    expect(JSON.parse(status.stdout)).toEqual({
      images: 8,
      changed_folders: [],
      unavailable_folders: [],
      running: [],
    });
    expect((await iibctl(['index', 'status'])).stdout).toBe('8 images\n');
  });

  test('jobs are listed, followed and cancelled by their ids', async () => {
    await iibctl(['index', 'update']);
    const [job] = JSON.parse((await iibctl(['jobs', 'list', '--kind', 'index', '--json'])).stdout);
    expect(job).toMatchObject({ kind: 'index', status: 'completed' });
    expect(lines(await iibctl(['jobs', 'list', '--status', 'completed']))).toContain(
      `${job.job_id}\tindex\tcompleted\t100%\t${job.stage}`,
    );
    expect(await iibctl(['jobs', 'follow', job.job_id])).toMatchObject({
      code: 0,
      stdout: 'index completed\n',
    });
    expect(jsonLines(await iibctl(['jobs', 'follow', job.job_id, '--json']))).toEqual([job]);
    expect(await iibctl(['jobs', 'cancel', job.job_id])).toMatchObject({
      code: 0,
      stdout: 'index completed\n',
    });
    expect((await iibctl(['jobs', 'follow', 'nope'])).code).toBe(4);
    expect((await iibctl(['jobs', 'list', '--kind', 'nothing'])).code).toBe(1);
  });
});

test(
  'images are sorted into folders after a preview and a yes, and brought back',
  { timeout: 120_000 },
  async () => {
    const names = () => iibctl(['search', 'fox', '--sort', 'name', '--folder', at('fox')]).then(lines);
    const before = await names();
    const preview = await iibctl(['organize', 'preview', at('fox'), '--threshold', '0.5', '--json']);
    const plan = JSON.parse(preview.stdout);
    expect([preview.code, plan.total_files, plan.clusters.length]).toEqual([0, 3, 1]);
    expect(await names()).toEqual(before);

    const sorted = plan.clusters[0].suggested_folder_name;
    const table = await iibctl(['organize', 'preview', at('fox'), '--threshold', '0.5'], {
      columns: 200,
      env: { NO_COLOR: '1' },
    });
    expect(lines(table)).toEqual([
      `FILES  ${'FOLDER'.padEnd(sorted.length)}  SUCH AS`,
      `    3  ${sorted}  ${at('fox/1.png')}`,
    ]);
    expect(table.stderr).toMatch(/3 files would be moved below .*: iibctl organize confirm [\w-]+\n$/);

    const refused = await iibctl(['organize', 'confirm', plan.job_id]);
    expect(refused).toMatchObject({
      code: 2,
      stderr: 'iibctl: there is no terminal to confirm on: pass --yes to proceed\n',
    });
    const done = await iibctl(['organize', 'confirm', plan.job_id, '--yes']);
    expect(done).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^3 files sorted into folders, 1 of them new/),
    });
    expect((await names()).sort()).toEqual([1, 2, 3].map((name) => at(`fox/${sorted}/${name}.png`)));

    const undone = await iibctl(['organize', 'undo', plan.job_id, '--yes', '--json']);
    expect(JSON.parse(undone.stdout)).toMatchObject({ undo: { restored_count: 3, errors: [] } });
    expect(await names()).toEqual(before);
    expect((await iibctl(['organize', 'confirm', plan.job_id, '--yes'])).code).toBe(4);
  },
);

test('images that are like no other are nothing to sort where they are left', async () => {
  const { images } = JSON.parse((await iibctl(['index', 'status', '--json'])).stdout);
  expect(await iibctl(['organize', 'preview', library, '--noise', 'skip'])).toEqual({
    code: 1,
    // All but the three foxes, however many a test before added.
    stdout: `${images - 3}\t(stays)\n`,
    stderr: 'nothing to sort\n',
  });
});

test('a terminal gets a table, and hears that there is more', async () => {
  const found = await iibctl(['search', 'fox', '--sort', 'name', '--limit', '2'], {
    columns: 200,
    env: { NO_COLOR: '1', TZ: 'UTC' },
  });
  expect(lines(found)).toEqual([
    'MODIFIED                SIZE  PATH',
    expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d {2} +[\d.]+ B {2}.*\/fox\/1\.png$/),
    expect.stringMatching(/\/fox\/2\.png$/),
  ]);
  expect(found.stderr).toBe('showing the first 2; --limit or --all shows more\n');
  const all = await iibctl(['search', 'fox', '--limit', '3'], { columns: 200 });
  expect([lines(all).length, all.stderr]).toEqual([4, '']);
});

describe('failures', () => {
  test.each([
    [['serch'], "unknown command 'serch' (Did you mean search?)"],
    [['search'], "missing required argument 'query'"],
    [['search', 'x', '--folders', 'y'], "unknown option '--folders' (Did you mean --folder?)"],
    [
      ['search', 'x', '--substring', '--sort', 'name'],
      "option '--sort <order>' cannot be used with option '--substring'",
    ],
    [['search', 'x', '--limit', '0'], '--limit must be a whole number from 1 to 100000000, not "0"'],
    [['search', 'x', '--timeout', 'soon'], '--timeout must be seconds, 0 to 2000000, not "soon"'],
    [['search', 'x', '--url', 'localhost'], '--url must be an http(s) address, not "localhost"'],
    [['search', '--regexp', ''], 'a regular expression cannot be empty'],
    [['organize', 'preview', '/x', '--threshold', '2'], '--threshold must be a number from 0 to 1, not "2"'],
  ])('%j is wrong use', async (args, message) => {
    expect(await iibctl(args)).toEqual({ code: 2, stdout: '', stderr: `iibctl: ${message}\n` });
  });

  test('a server that is not there, or is another, ends with 3', async () => {
    const gone = await iibctl(['search', 'x', '--url', 'http://127.0.0.1:1/base']);
    expect(gone).toMatchObject({ code: 3, stdout: '' });
    expect(gone.stderr).toMatch(/^iibctl: .*ECONNREFUSED.* --url names another\n$/);
    const elsewhere = await iibctl(['search', 'x', '--url', `${app.url}/nowhere`]);
    expect(elsewhere).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('check the base path in --url'),
    });
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    onTestFinished(() => {
      silent.close();
      silent.closeAllConnections();
    });
    await once(silent, 'listening');
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await iibctl(['search', 'x', '--url', url, '--timeout', '0.2'])).toMatchObject({ code: 3 });
  });

  test('a server that wants a key says so, and takes it from the environment', async () => {
    const locked = await launch({ secretKey: 'the key', dbPath: path.join(folder, 'locked.db') });
    onTestFinished(() => locked.close());
    const args = ['index', 'status', '--url', locked.url];
    expect(await iibctl(args)).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/^iibctl: the server refused: 401: .*IIB_SECRET_KEY or --key\n$/),
    });
    expect((await iibctl(args, { env: { IIB_SECRET_KEY: 'the key' } })).code).toBe(0);
    expect((await iibctl([...args, '--key', 'the key'])).code).toBe(0);
  });

  /** A server whose index is updated until that is cancelled, and when it began. */
  async function launchSlow(name: string) {
    const real = await openIndex({ path: path.join(folder, `${name}.db`) });
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const index: typeof real = Object.create(real, {
      update: {
        value: (_: unknown, { signal }: { signal: AbortSignal }) =>
          new Promise((_resolve, reject) => {
            begin();
            signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
          }),
      },
    });
    const slow = await launch({ index });
    onTestFinished(() => slow.close());
    const jobs = async () => {
      const { jobs } = await (await fetch(`${slow.url}/db/jobs?kind=index`)).json();
      return (jobs as { status: string }[]).map(({ status }) => status);
    };
    return { url: slow.url, begun, jobs };
  }

  const stopped = { code: 130, stdout: '', stderr: 'stopped; what was indexed is kept\n' };

  test.each([0, 100, 1500])(
    'Ctrl+C %i ms after its begin cancels the job that is waited for, and ends with 130',
    async (pause) => {
      const { url, begun, jobs } = await launchSlow(`slow-${pause}`);
      const ended = await iibctl(['index', 'update', '--url', url], {
        onStart: (interrupt) => void begun.then(() => setTimeout(pause)).then(interrupt),
      });
      expect(ended).toEqual(stopped);
      await expect.poll(jobs).toEqual(['cancelled']);
    },
  );

  test('Ctrl+C also cancels a job of which the program does not know yet which it is', async () => {
    const { url, begun, jobs } = await launchSlow('unknown');
    let interruptNow = () => {};
    let lists = 0;
    const between = createServer((incoming, response) => {
      // The second list, which would tell the job, comes only after Ctrl+C.
      if (incoming.url?.includes('/db/jobs?') === true && (lists += 1) === 2) {
        void begun.then(() => interruptNow());
        return;
      }
      const { method, headers } = incoming;
      const forwarded = request(new URL(incoming.url ?? '', url), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      forwarded.on('error', () => response.destroy());
      incoming.pipe(forwarded);
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
    onTestFinished(() => between.close().closeAllConnections());
    const { port } = between.address() as AddressInfo;
    const ended = await iibctl(
      ['index', 'update', '--url', `http://127.0.0.1:${port}${new URL(url).pathname}`],
      { onStart: (interrupt) => (interruptNow = interrupt) },
    );
    expect(ended).toEqual(stopped);
    await expect.poll(jobs).toEqual(['cancelled']);
  });

  test('a reader that has enough ends it quietly', async () => {
    const files = Array.from({ length: 400 }, () => `'${at('kite.png')}'`).join(' ');
    const child = spawn('sh', ['-c', `'${process.execPath}' '${program}' info --json ${files} | head -n 1`]);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child, 'close');
    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  });
});

test('every command has a help, and the README names them all', async () => {
  const readme = await readFile(new URL('../packages/client/README.md', import.meta.url), 'utf8');
  const commandsOf = (help: string) =>
    [...(help.split('Commands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name ?? '');
  const main = await iibctl(['--help']);
  expect(main.code).toBe(0);
  for (const name of commandsOf(main.stdout)) {
    const { code, stdout } = await iibctl([name, '--help']);
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining(`iibctl ${name}`)]);
    for (const sub of commandsOf(stdout)) {
      const help = await iibctl([name, sub, '--help']);
      expect([help.code, help.stdout.split('\n')[0]]).toEqual([
        0,
        expect.stringContaining(`iibctl ${name} ${sub}`),
      ]);
      expect(readme).toMatch(new RegExp(`\`(?:${name} )?[^\`]*\\b${sub}\\b`));
    }
    expect(readme).toMatch(new RegExp(`\`${name} `));
  }
  const { version } = JSON.parse(
    await readFile(new URL('../packages/client/package.json', import.meta.url), 'utf8'),
  );
  expect(await iibctl(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});
