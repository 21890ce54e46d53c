import { createClient as createBrowserClient } from '../../src/browser.ts';
import { createClient as createNodeClient } from '../../src/index.ts';

/** Both entries, which behave alike. */
export const entries = [
  ['Node', createNodeClient],
  ['browsers', createBrowserClient],
] as const;
