import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { root } from './documents/documents.ts';

test('notes begin with number, status, date and subject, and the index lists them', async () => {
  const { stderr } = await promisify(execFile)(process.execPath, [
    path.join(root, 'scripts/decisions-index.js'),
    '--check',
  ]);
  expect(stderr).toBe('');
});
