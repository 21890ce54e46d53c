import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { clusteringErrorCodes } from '@iib-kit/clustering';
import { expect, test } from 'vitest';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the first example runs as it stands and prints what its comments say', async () => {
  const code = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  // Beside this file, so that the package resolves by its name.
  const file = fileURLToPath(new URL(`.readme-${process.pid}.mjs`, import.meta.url));
  await writeFile(file, code);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 20_000 });
    const promised = [...code.matchAll(/^\/\/ (.*)$/gm)].map((match) => match[1]).join(' ');
    const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
    expect(promised).toContain('red fox');
    expect(plain(stdout)).toBe(plain(promised));
  } finally {
    await rm(file);
  }
});

test.each(clusteringErrorCodes)('the README says what `%s` means', (code) => {
  expect(readme.slice(readme.indexOf('## Errors'))).toContain(`\`${code}\``);
});
