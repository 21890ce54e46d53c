// Runs before each test file: what it reaches, in threads and child processes too, is noted under its name.
import { join, relative } from 'node:path';
import { expect } from 'vitest';

const { IIB_MUTANT_HITS_FOLDER: folder } = process.env;
const { testPath } = expect.getState();
if (folder !== undefined && testPath !== undefined) {
  const name = encodeURIComponent(relative(process.cwd(), testPath).replaceAll('\\', '/'));
  process.env.IIB_MUTANT_HITS = join(folder, name);
}
