import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url));

/** Path of a real sample file; an error that says what to do when the folder is not there. */
export function samplePath(name: string): string {
  const folder = path.resolve(repositoryRoot, process.env['SAMPLES_DIR'] ?? '../shared/samples');
  if (!existsSync(folder)) {
    throw new Error(`No sample files at ${folder}: set SAMPLES_DIR to the folder that holds them.`);
  }
  return path.join(folder, name);
}

export function readSample(name: string): Uint8Array {
  return readFileSync(samplePath(name));
}
