import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { print } from './print.ts';

// node bench/dist/main.js [start] [cold] [warm] [memory]: all of them without an argument.
const names = ['start', 'cold', 'warm', 'memory'];
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !names.includes(name));
if (unknown) throw new RangeError(`No bench ${unknown}; there are ${names.join(', ')}`);

// Each in a process of its own, so that none is charged with what another has loaded.
const run = async (script: string, ...args: string[]): Promise<void> => {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const running = promisify(execFile)(process.execPath, [path, ...args]);
  running.child.stdout?.pipe(process.stdout);
  await running;
};

const dir = await mkdtemp(join(tmpdir(), 'thumbnails-bench-'));
try {
  print(`Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown CPU'}`);
  await run('make-pictures.js', dir);
  for (const name of asked.length > 0 ? asked : names) await run(`${name}.js`, dir);
} finally {
  await rm(dir, { recursive: true, force: true });
}
