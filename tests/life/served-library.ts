import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { createClient, type Client } from '@iib-kit/client';

const program = path.join(path.dirname(fileURLToPath(import.meta.resolve('@iib-kit/server'))), 'bin.js');
const clock = new URL('moved-clock.js', import.meta.url).href;

/** Clock ticks of `/proc` in a second, which is the same on every Linux that Node runs on. */
const ticks = 100;

/** A server in a process of its own, over one database. */
export class ServedLibrary {
  readonly database: string;
  readonly cache: string;
  readonly folder: string;
  readonly library: string;
  /** Lines that its processes wrote to standard error. */
  readonly complaints: string[] = [];
  starts = 0;
  kills = 0;
  #child: ChildProcess | undefined;
  #client: Client | undefined;

  /** @param folder where the database and the thumbnails are */
  constructor(folder: string, library: string) {
    this.folder = folder;
    this.library = library;
    this.database = path.join(folder, 'iib.db');
    this.cache = path.join(folder, 'cache');
  }

  get client(): Client {
    if (this.#client === undefined) throw new Error('the server is not running');
    return this.#client;
  }

  /** @param now what its clock says, in milliseconds */
  async start(now: number): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const args = [
      '--port',
      '0',
      '--extra_paths',
      this.library,
      '--db_path',
      this.database,
      '--cache_dir',
      this.cache,
    ];
    const env = {
      ...environment(),
      NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import ${clock}`,
      LIFE_CLOCK: String(Math.round(now - Date.now())),
      IIB_SERVER_LANG: 'en',
    };
    const child = spawn(process.execPath, [program, ...args], { cwd: this.folder, env });
    this.#child = child;
    child.stderr.on('data', (chunk: Buffer) => this.complaints.push(...chunk.toString().trim().split('\n')));
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const [found] = /http:\S+/.exec(output) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('close', (code) =>
        reject(new Error(`the server ended with ${code}: ${this.complaints.at(-1)}`)),
      );
    });
    this.starts += 1;
    this.#client = createClient({ baseUrl: url, timeout: 0 });
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** As when the power fails: nothing is finished. */
  async kill(): Promise<void> {
    this.kills += 1;
    await this.#end('SIGKILL');
  }

  /** Seconds of all its processors; undefined where the system does not say so. */
  cpuSeconds(): number | undefined {
    if (process.platform !== 'linux' || this.#child?.pid === undefined) return undefined;
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#client = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }
}

/** Without what sets up the server, or tests, of whoever runs this. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('IIB_')));
}
