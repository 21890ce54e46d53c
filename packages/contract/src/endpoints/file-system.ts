import { z } from 'zod';

import { endpoint } from '../endpoint.ts';
import { fileInfo } from '../shapes/file-info.ts';
import { path } from '../shapes/lenient.ts';

export const fileSystem = {
  list: endpoint({
    method: 'GET',
    path: '/files',
    summary: 'List a folder',
    description:
      'Entries in no promised order. A folder that is not there lists as empty. Ancestors of the allowed ' +
      'folders can be listed too and show only what leads to those.',
    permission: 'read',
    input: z.object({ folder_path: path() }),
    output: z.object({ files: z.array(fileInfo) }),
    errors: [],
    example: { folder_path: '/library' },
  }),
};
