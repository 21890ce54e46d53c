import * as z from 'zod';

/** A file or folder as `/files` lists it. Times are Unix seconds with a fraction. */
export const fileInfo = z
  .object({
    type: z.enum(['file', 'dir']),
    date: z.number().describe('Time of modification, in Unix seconds'),
    created_time: z
      .number()
      .describe('Time of creation where the system records it, else of the last change, in Unix seconds'),
    size: z.string().describe('Human-readable, such as `1.20 MB`; `-` for a folder'),
    bytes: z.int().describe('0 for a folder'),
    name: z.string(),
    fullpath: z.string(),
    is_under_scanned_path: z.boolean(),
  })
  .meta({ id: 'FileInfo' });
export type FileInfo = z.output<typeof fileInfo>;

/** An image or video that stands for its folder. */
export const coverInfo = z
  .object({ ...fileInfo.shape, type: z.literal('file'), media_type: z.enum(['image', 'video']) })
  .meta({ id: 'CoverInfo' });
export type CoverInfo = z.output<typeof coverInfo>;

/** An indexed image or video as searches answer it. */
export const indexedFileInfo = z
  .object({
    ...fileInfo.shape,
    type: z.literal('file'),
    id: z.int(),
    created_date: z.number().describe('The same as `created_time`'),
  })
  .meta({ id: 'IndexedFileInfo' });
export type IndexedFileInfo = z.output<typeof indexedFileInfo>;
