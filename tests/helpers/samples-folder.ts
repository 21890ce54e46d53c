import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of real files; throws with what to do where it is missing. */
export function samplesFolder(): string {
  const folder = path.resolve(root, process.env['SAMPLES_DIR'] ?? '../shared/samples');
  if (existsSync(path.join(folder, 'SOURCES.md'))) return folder;
  throw new Error(`no sample files in ${folder}: set SAMPLES_DIR to the folder that has them`);
}
