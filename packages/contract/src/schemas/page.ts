import * as z from 'zod';

import { indexedFileInfo } from './file-info.ts';
import { integer } from './lenient.ts';

/** Largest page that a search answers. */
export const MAX_PAGE_SIZE = 10_000;

export const pageSize = integer({ min: -1, max: MAX_PAGE_SIZE })
  .transform((size) => (size === -1 ? MAX_PAGE_SIZE : size))
  .prefault(200)
  .describe(`-1 means as many as one page can have, ${MAX_PAGE_SIZE}; 0 only reports whether there are any`);

export const requestCursor = z
  .string()
  .max(1024)
  .prefault('')
  .describe('`next` of the previous page; empty for the first page');

/** Opaque: pages continue where the last one ended, also while images are added. */
export const cursor = z.object({ has_next: z.boolean(), next: z.string() }).meta({ id: 'Cursor' });
export type Cursor = z.output<typeof cursor>;

export const unavailable = z
  .array(z.string())
  .describe(
    'Folders of the library that are currently unavailable: their images are hidden, but stay in the index',
  );

export const imagePage = z
  .object({ files: z.array(indexedFileInfo), cursor, unavailable })
  .meta({ id: 'ImagePage' });
export type ImagePage = z.output<typeof imagePage>;
