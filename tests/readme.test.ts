import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { launchApp, type LaunchedApp } from '@iib-kit/server';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { folder, remove } = await temporaryFolder();
let app: LaunchedApp;

beforeAll(async () => {
  await makeLibrary(path.join(folder, 'library'), {
    '00001.png': 'a lighthouse on a cliff above a stormy sea',
  });
  app = await launchApp({
    port: 0,
    extraPaths: [path.join(folder, 'library')],
    dbPath: path.join(folder, 'running.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  await app.service.library.update();
});

afterAll(async () => {
  await app.close();
  await remove();
});

/** The TypeScript blocks of a document, with their places. */
async function codeBlocks(document: string): Promise<[string, string][]> {
  const text = await readFile(path.join(root, document), 'utf8');
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match, position) => [
    `${document}, block ${position + 1}`,
    match[1] ?? '',
  ]);
}

/** The block as a program that runs here: real folders, a running server, a free port, and an end. */
function runnable(code: string): string {
  const replaced = code
    .replaceAll("'/library", `'${path.join(folder, 'library')}`)
    .replaceAll("'/data", `'${folder}`)
    .replaceAll('http://127.0.0.1:8000/infinite_image_browsing', app.url)
    .replaceAll('port: 3000', 'port: 0')
    .replaceAll('app.listen(3000)', 'app.listen(0)');
  const end = '\nsetTimeout(() => process.exit(0), 300);\n';
  return ts.transpile(replaced + end, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 });
}

async function run(code: string): Promise<string> {
  // Inside the repository, so that the packages and frameworks resolve.
  const file = path.join(
    root,
    'tests',
    `.readme-block-${process.pid}-${Math.random().toString(36).slice(2)}.mjs`,
  );
  await writeFile(file, runnable(code));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder, timeout: 20_000 });
    return stdout;
  } finally {
    await rm(file);
  }
}

const documents = [
  'README.md',
  'packages/contract/README.md',
  'packages/server/README.md',
  'packages/client/README.md',
];
const blocks = (await Promise.all(documents.map(codeBlocks))).flat();

test.each(blocks)('%s runs', async (_, code) => {
  const output = await run(code);
  expect(output).not.toContain('rror');
});

test('the three examples of the README print what they say', async () => {
  const [metadata, , client] = (await codeBlocks('README.md')).map(([, code]) => code);
  expect(await run(metadata ?? '')).toBe('automatic1111 a lighthouse on a cliff above a stormy sea 42\n');
  expect(await run(client ?? '')).toBe("[ '00001.png' ]\n");
});

test('the README has its two lines for a fresh machine', async () => {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  expect(readme).toContain('```sh\nnpm ci && npm start\n```');
  expect(readme).toContain('```sh\nnpm ci && npm test\n```');
});
