import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The folder of real files; throws a clear error where it is missing. */
export function samplesDir(): string {
  const path = resolve(process.env['SAMPLES_DIR'] ?? '../shared/samples');
  if (!existsSync(path)) {
    throw new Error(`The samples are not at ${path}; set SAMPLES_DIR to the folder that holds them`);
  }
  return path;
}
