import { readFile } from 'node:fs/promises';

import { clusteringErrorCodes } from '@iib-kit/clustering';
import { expect, test } from 'vitest';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test.each(clusteringErrorCodes)('the README says what `%s` means', (code) => {
  expect(readme.slice(readme.indexOf('## Errors'))).toContain(`\`${code}\``);
});
