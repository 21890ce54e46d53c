import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { extraPath } from '../schemas/extra-path.ts';
import { path } from '../schemas/lenient.ts';

/** `scan` is what the API reference calls `scanned`. */
const types = z
  .array(z.enum(['scanned', 'scanned-fixed', 'walk', 'scan']))
  .min(1, 'name at least one type')
  .transform((names) => [...new Set(names.map((name) => (name === 'scan' ? 'scanned' : name)))]);

/** Longest alias of a folder, in UTF-16 units. */
const MAX_ALIAS_LENGTH = 255;

const alias = z.string().trim().max(MAX_ALIAS_LENGTH).describe('What to call the folder; empty for its path');

export const extraPaths = {
  list: endpoint({
    method: 'GET',
    path: '/db/extra_paths',
    summary: 'The folders of the library',
    description: 'Those that were added through the API; not those given when the server was started.',
    permission: 'read',
    input: z.object({}),
    output: z.array(extraPath),
    errors: [],
    example: {},
  }),
  add: endpoint({
    method: 'POST',
    path: '/db/extra_paths',
    summary: 'Add a folder to the library, or a type to one that is there',
    description:
      'A folder outside the allowed ones is accepted only where a secret key is set or the server listens ' +
      'on loopback only.',
    permission: 'write',
    input: z.object({ path: path(), types, alias: alias.optional() }),
    output: z.null(),
    errors: [404],
    example: { path: '/library', types: ['scanned'] },
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/db/extra_paths',
    summary: 'Take types from a folder of the library, or the folder when none is left',
    description:
      'Images of a folder that is taken out are no longer found. Their tags, ratings and notes come back with them.',
    permission: 'write',
    input: z.object({ path: path(), types }),
    output: z.null(),
    errors: [],
    example: { path: '/library', types: ['scanned'] },
  }),
  setAlias: endpoint({
    method: 'POST',
    path: '/db/alias_extra_path',
    summary: 'Name a folder of the library',
    permission: 'write',
    input: z.object({ path: path(), alias }),
    output: extraPath,
    errors: [404],
    example: { path: '/library', alias: 'My pictures' },
  }),
};
