import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';
import { afterAll } from 'vitest';

/** Builds a worker beside this file as packages build theirs, in a folder that the end of the tests removes. */
export async function buildWorker(name: 'sample-worker' | 'failing-worker'): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'threads-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return pathToFileURL(outfile);
}
