import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { codeBlocks, type CodeBlock } from './documents/code-blocks.ts';
import { allDocuments, documentNamed, root } from './documents/documents.ts';
import { promisedOutput } from './documents/promised-output.ts';
import { startLocalRegistry, type LocalRegistry } from './helpers/local-registry.ts';
import { packPackages } from './helpers/pack-packages.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const page = 'docs/getting-started.md';
const blocks = codeBlocks(documentNamed(page));

/** Milliseconds: machines that run tests may be busy. */
const patience = 600_000;

const { folder, remove } = await temporaryFolder();
const running: ChildProcess[] = [];
let registry: LocalRegistry | undefined;
let ports: ReadonlyMap<string, number>;
/** Where the reader is: `cd` leads there. */
let here = folder;

beforeAll(async () => {
  registry = await startLocalRegistry(await packPackages());
  ports = new Map([
    ['3000', await freePort()],
    ['8000', await freePort()],
  ]);
}, patience);

afterAll(async () => {
  for (const child of running) stop(child);
  await registry?.close();
  await remove();
});

test('the page does what it says, line by line', { timeout: patience }, async () => {
  for (const block of blocks) {
    if (block.rule.savedAs !== undefined) {
      await writeFile(path.join(here, block.rule.savedAs), withPorts(block.code));
    } else {
      expect(block.language).toBe('sh');
      await followBlock(block);
    }
  }
  expect(blocks.filter(({ rule }) => rule.prints).length).toBe(5);
});

test('what another document has its reader save is run by a test of its own', () => {
  const saved = allDocuments()
    .flatMap((document) => codeBlocks(document))
    .filter(({ rule }) => rule.savedAs !== undefined);
  expect(new Set(saved.map(({ document }) => document))).toEqual(new Set([page]));
});

async function followBlock({ code, rule, place }: CodeBlock): Promise<void> {
  const lines = code.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  let printed = '';
  for (const line of lines) {
    if (line.startsWith('cd ')) here = path.join(here, line.slice('cd '.length));
    else if (rule.goesOn) printed = await startLine(line, promisedOutput(withPorts(code)));
    else printed = await runLine(line);
    if (line.startsWith('npm install')) await takeBinaries();
    // Its reader ends it with Ctrl+C.
    if (line.startsWith('npx iib-kit')) stop(running.pop());
  }
  if (rule.prints)
    expect([place, printed]).toEqual([place, expect.stringMatching(promisedOutput(withPorts(code)))]);
}

function runLine(line: string): Promise<string> {
  const child = start(line);
  return new Promise((resolve, reject) => {
    const heard = listen(child);
    child.once('close', (code) => {
      if (code === 0) resolve(heard.stdout);
      else reject(new Error(`${line}: ${heard.stdout}${heard.stderr}`));
    });
  });
}

/** Starts what is left running; resolves when it has printed what it should, or has ended. */
function startLine(line: string, until: RegExp): Promise<string> {
  const child = start(line);
  running.push(child);
  return new Promise((resolve) => {
    const heard = listen(child);
    const giveUp = setTimeout(() => resolve(heard.stdout + heard.stderr), patience / 4);
    const done = () => {
      clearTimeout(giveUp);
      resolve(heard.stdout);
    };
    child.stdout?.on('data', () => void (until.test(heard.stdout) && done()));
    child.once('close', done);
  });
}

function start(line: string): ChildProcess {
  return spawn(withPorts(line), {
    cwd: here,
    shell: true,
    detached: true,
    env: {
      ...process.env,
      npm_config_registry: registry?.url,
      npm_config_prefer_offline: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      // Compiling better-sqlite3 takes a minute; see takeBinaries.
      npm_config_ignore_scripts: 'true',
    },
  });
}

function listen(child: ChildProcess): { stdout: string; stderr: string } {
  const heard = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => void (heard.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => void (heard.stderr += chunk.toString()));
  return heard;
}

function stop(child: ChildProcess | undefined): void {
  if (child?.pid === undefined || child.exitCode !== null) return;
  // The shell and what it started.
  process.kill(-child.pid, 'SIGTERM');
}

/** The part of better-sqlite3 that is compiled when it is installed, as this repository has it. */
async function takeBinaries(): Promise<void> {
  const build = path.join('node_modules', 'better-sqlite3', 'build');
  await mkdir(path.join(here, build), { recursive: true });
  await cp(path.join(root, build), path.join(here, build), { recursive: true });
}

function withPorts(text: string): string {
  return [...ports].reduce((changed, [written, free]) => changed.replaceAll(written, String(free)), text);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
