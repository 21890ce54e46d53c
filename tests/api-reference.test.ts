import { api, DEFAULT_BASE, openApiDocument } from '@iib-kit/contract';
import { expect, test } from 'vitest';

import { apiReference } from './api-reference.ts';

// After a change of the contract: npm test -- tests/api-reference.test.ts -u
test('docs/api.md is what the contract says', async () => {
  const document = openApiDocument(api, { base: DEFAULT_BASE, version: '0.0.0' });
  await expect(apiReference(document)).toMatchFileSnapshot('../docs/api.md');
});
