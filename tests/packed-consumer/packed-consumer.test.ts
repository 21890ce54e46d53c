import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { publishedPackages } from '../../scripts/published-packages.js';
import { makeLibrary } from '../helpers/make-library.ts';
import { installPacked } from './install-packed.ts';

const run = promisify(execFile);
const patience = { timeout: 180_000 };
const specifiers = publishedPackages().flatMap(({ entries }) => entries.map(({ specifier }) => specifier));

let folder: string;
let app: string;

beforeAll(async () => {
  ({ folder, app } = await installPacked());
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs Node in the application and gives what it prints. */
async function node(...args: string[]): Promise<string> {
  return (await run(process.execPath, args, { cwd: app })).stdout;
}

async function compile(project: string): Promise<void> {
  await node('node_modules/typescript/bin/tsc', '--project', project).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
}

const namesOf = 'JSON.stringify(Object.keys(module).filter((name) => name !== "module.exports").sort())';

describe('the packed packages', () => {
  test('offer these names by import', patience, async () => {
    const script = `for (const name of ${JSON.stringify(specifiers)}) {
      const module = await import(name);
      console.log(name + ' ' + ${namesOf}.replaceAll(',', '\\n  ').replace('[', '\\n  ').replace(/["\\]]/g, ''));
    }`;
    const names = await node('--input-type=module', '--eval', script);
    await expect(names).toMatchFileSnapshot('export-names.txt');
  });

  test('offer the same names by require', patience, async () => {
    const names = (how: string): string =>
      `for (const name of ${JSON.stringify(specifiers)}) { const module = ${how}; console.log(name, ${namesOf}); }`;
    const imported = await node('--input-type=module', '--eval', names('await import(name)'));
    expect(await node('--input-type=commonjs', '--eval', names('require(name)'))).toBe(imported);
  });

  test('have their manifests within reach, and nothing that is no export', patience, async () => {
    const script = `for (const name of ${JSON.stringify(publishedPackages().map(({ name }) => name))}) {
      require(name + '/package.json');
      try { require(name + '/dist/index.js'); console.log(name); } catch (error) { console.log(error.code); }
    }`;
    const codes = (await node('--input-type=commonjs', '--eval', script)).trim().split('\n');
    // The web application exports its files, which hold no index.js.
    const expected = publishedPackages().map(({ shortName }) =>
      shortName === 'web' ? 'MODULE_NOT_FOUND' : 'ERR_PACKAGE_PATH_NOT_EXPORTED',
    );
    expect(codes).toEqual(expected);
  });

  test('have types for module: nodenext, and run as compiled from TypeScript', patience, async () => {
    await compile('tsconfig.nodenext.json');
    const images = path.join(folder, 'images');
    await makeLibrary(images, { 'fox.png': 'red fox, deep snow', 'boat.png': 'a boat' });
    expect(JSON.parse(await node('out/consumer.js', images, folder))).toEqual({
      prompt: 'red fox, deep snow',
      steps: 7,
      embedder: 'function',
      route: true,
      thumbnail: 'WEBP',
      indexed: [path.join(images, 'fox.png')],
      clusters: [2],
      served: {
        node: ['fox.png'],
        browser: ['fox.png'],
        refused: 403,
        fastify: 'hello',
        web: 'hello',
        page: 'text/html; charset=utf-8',
        docs: 200,
      },
    });
    expect(JSON.parse(await node('out/commonjs.cjs'))).toEqual({ prompt: 'a fox', thumbnailer: 'function' });
  });

  test('have types for moduleResolution: bundler', patience, async () => {
    await expect(compile('tsconfig.bundler.json')).resolves.toBeUndefined();
  });

  test('have types for browsers without those of Node', patience, async () => {
    await expect(compile('tsconfig.browser.json')).resolves.toBeUndefined();
  });

  test.each([
    ['@iib-kit/client/browser', ['@iib-kit/client', '@iib-kit/contract']],
    ['@iib-kit/contract', ['@iib-kit/contract', 'zod']],
    ['@iib-kit/contract/routes', ['@iib-kit/contract']],
    ['@iib-kit/contract/vocabulary', ['@iib-kit/contract']],
    ['@iib-kit/metadata', ['@iib-kit/metadata', 'fflate']],
    ['@iib-kit/metadata/core', ['@iib-kit/metadata', 'fflate']],
    ['@iib-kit/metadata/media-kinds', ['@iib-kit/metadata']],
  ])('%s loads %j in a browser, and nothing of Node', patience, async (specifier, packages) => {
    // What only Node has is an error for this bundler.
    const { metafile } = await build({
      stdin: { contents: `export * from '${specifier}';`, resolveDir: app },
      absWorkingDir: app,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'browser',
      outdir: 'bundle',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    expect(packagesLoadedAtOnce(metafile)).toEqual(packages);
  });

  test('hold the web application', patience, async () => {
    const built = path.join(app, 'node_modules/@iib-kit/web/dist');
    expect(await readdir(built)).toContain('index.html');
  });
});

/** The packages of an entry and what it imports, without what it may import later. */
function packagesLoadedAtOnce({ outputs }: Metafile): string[] {
  const loaded = new Set(Object.keys(outputs).filter((name) => outputs[name]?.entryPoint === '<stdin>'));
  const packages = new Set<string>();
  for (const name of loaded) {
    for (const input of Object.keys(outputs[name]?.inputs ?? {})) {
      if (input !== '<stdin>') packages.add(packageOf(input));
    }
    for (const { kind, path } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement') loaded.add(path);
    }
  }
  return [...packages].sort();
}

/** The package that a bundled file belongs to. */
function packageOf(input: string): string {
  const [, inPackage = input] = /.*node_modules\/(.*)$/u.exec(input) ?? [];
  return inPackage.split('/', inPackage.startsWith('@') ? 2 : 1).join('/');
}
