import { fork } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import ts from 'typescript';

import { root } from './documents.ts';
import { sourceOf, type Program } from './programs.ts';

/** How a program of a document ran. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  /** Null for one that goes on, such as a server, until it is told to end. */
  readonly code: number | null;
  /** The statuses of the paths that were asked for. */
  readonly answers: Readonly<Record<string, number>>;
}

/** What a program says to its test. */
interface Message {
  port?: number;
  atEnd?: true;
}

const preload = new URL('map-ports.mjs', import.meta.url).href;
/** How long a program that came to the end of its text may go on printing. */
const restMs = 400;
const longestMs = 25_000;

/**
 * Runs a program in a folder as its reader would, with the packages of the workspace. `ports` are those of servers that
 * are there already, by what is written.
 */
export async function runProgram(
  program: Program,
  folder: string,
  ports: Readonly<Record<string, number>>,
): Promise<Run> {
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const file = path.join(folder, 'example.mjs');
  await writeFile(file, `${asJavaScript(program)}\nprocess.send({ atEnd: true });\n`);
  const child = fork(file, {
    cwd: folder,
    execArgv: ['--import', preload],
    env: { ...process.env, EXAMPLE_PORTS: JSON.stringify(ports), NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const told = <K extends keyof Message>(key: K) =>
    new Promise<NonNullable<Message[K]>>((resolve) => {
      child.on('message', (message: Message) => {
        if (message[key] !== undefined) resolve(message[key]);
      });
    });
  const listening = told('port');
  const atEnd = told('atEnd');
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    await Promise.race([atEnd, closed, delay(longestMs)]);
    const paths = program.blocks.at(-1)?.rule.answers ?? [];
    const answers = await askFor(paths, Promise.race([listening, closed, delay(longestMs, null)]));
    const code = await Promise.race([closed, delay(restMs, null)]);
    return { stdout, stderr, code, answers };
  } finally {
    child.kill('SIGKILL');
    await closed;
  }
}

async function askFor(
  paths: readonly string[],
  listening: Promise<number | null>,
): Promise<Record<string, number>> {
  if (paths.length === 0) return {};
  const port = await listening;
  const statuses = paths.map(async (url) => {
    const { status } = await fetch(`http://127.0.0.1:${String(port)}${url}`);
    return [url, status] as const;
  });
  return Object.fromEntries(await Promise.all(statuses));
}

function asJavaScript(program: Program): string {
  const source = sourceOf(program);
  if (program.language === 'js') return source;
  return ts.transpile(source, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 });
}
