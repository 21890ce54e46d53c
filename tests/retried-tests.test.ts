import { execFile } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { root } from './documents/documents.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const suite = `import { expect, test } from 'vitest';
let runs = 0;
test('at once', () => {});
test('fails once', () => expect(++runs).toBe(2));
test('fails always', () => expect(true).toBe(false));
`;

test('tests that had to be run twice are named with how they ended', async () => {
  const { folder, remove } = await temporaryFolder();
  try {
    await writeFile(path.join(folder, 'flaky.test.js'), suite);
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    const retried = path.join(folder, 'retried');
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')),
    );
    const args = [
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--retry=1',
      `--reporter=${path.join(root, '.ci/retried-tests.js')}`,
    ];
    const options = { cwd: folder, env: { ...env, RETRIED_TESTS: retried } };
    await expect(promisify(execFile)(process.execPath, args, options)).rejects.toMatchObject({ code: 1 });
    expect((await readFile(retried, 'utf8')).split('\n')).toEqual([
      'flaky.test.js: fails once (passed the second time)',
      'flaky.test.js: fails always (failed twice)',
      '',
    ]);
  } finally {
    await remove();
  }
});
