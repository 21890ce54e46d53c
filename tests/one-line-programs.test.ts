import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const run = promisify(execFile);

/** Runs a program as people try libraries: typed after `node -e`, whose flags threads would take over. */
async function evaluate(program: string, folder: string): Promise<string> {
  const flags = ['--input-type=module', '--eval', program, folder];
  const { stdout } = await run(process.execPath, flags, { cwd: import.meta.dirname });
  return stdout.trim();
}

test('an index, a clustering and a server work in a program that is no file', async () => {
  const { folder, remove } = await temporaryFolder();
  try {
    await makeLibrary(folder, { 'a.png': 'a kite', 'b.png': 'a boat' });
    const index = `
      import { openIndex } from '@iib-kit/index-db';
      const index = await openIndex({ path: process.argv[1] + '/i.db' });
      await index.update([process.argv[1]]);
      console.log((await index.searchBySubstring({ text: 'kite' })).items.length);
      await index.close();`;
    const clustering = `
      import { clusterByThreshold, VectorSet } from '@iib-kit/clustering';
      const vectors = VectorSet.of(Array.from({ length: 5 }, () => [1, 0]));
      console.log((await clusterByThreshold(vectors, { threshold: 0.9 })).clusters.length);`;
    const server = `
      import { launchApp } from '@iib-kit/server';
      const at = process.argv[1];
      const app = await launchApp({ port: 0, extraPaths: [at], dbPath: at + '/s.db', cacheDir: at + '/cache' });
      const response = await fetch(app.url + '/files?folder_path=' + encodeURIComponent(at));
      console.log((await response.json()).files.length > 1);
      await app.close();`;
    expect(await evaluate(index, folder)).toBe('1');
    expect(await evaluate(clustering, folder)).toBe('1');
    expect(await evaluate(server, folder)).toBe('true');
  } finally {
    await remove();
  }
});
