import { z } from 'zod';

import { indexedFileInfo } from './file-info.ts';
import { integer } from './lenient.ts';

/** Largest page that a search answers. */
export const MAX_PAGE_SIZE = 10_000;

export const pageSize = integer({ min: 1, max: MAX_PAGE_SIZE }).prefault(200);

export const requestCursor = z
  .string()
  .max(1024)
  .prefault('')
  .describe('`next` of the page before; empty for the first page');

/** Opaque: pages continue where the last one ended, also while images are added. */
export const cursor = z.object({ has_next: z.boolean(), next: z.string() }).meta({ id: 'Cursor' });
export type Cursor = z.output<typeof cursor>;

export const imagePage = z
  .object({ files: z.array(indexedFileInfo).describe('Newest first'), cursor })
  .meta({ id: 'ImagePage' });
export type ImagePage = z.output<typeof imagePage>;
