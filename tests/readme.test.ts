import { expect, test } from 'vitest';

import { documentNamed } from './documents/documents.ts';

test('the README has its two lines for a fresh machine', () => {
  const { text } = documentNamed('README.md');
  expect(text).toContain('```sh\nnpm ci && npm start\n```');
  expect(text).toContain('```sh\nnpm ci && npm test\n```');
});
