import type { OpenEngine } from '@iib-kit/catalog/conformance';
import { openIndex } from '@iib-kit/index-db';

/** The engine whose conformance is checked. */
export const openEngine: OpenEngine = (path, options) => openIndex({ path, readers: 1, ...options });
