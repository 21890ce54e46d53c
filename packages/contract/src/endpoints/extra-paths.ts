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

const alias = z
  .string()
  .trim()
  .max(MAX_ALIAS_LENGTH)
  .describe('Display name of the folder; empty for its path');

export const extraPaths = {
  list: endpoint({
    method: 'GET',
    path: '/db/extra_paths',
    summary: 'The folders of the library',
    description: 'Folders added through the API, without those given when the server was started.',
    permission: 'read',
    input: z.object({}),
    output: z.array(extraPath),
    errors: [],
    example: {},
  }),
  add: endpoint({
    method: 'POST',
    path: '/db/extra_paths',
    summary: 'Add a folder to the library, or a type to a folder in it',
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
    summary: 'Remove types from a folder of the library, and the folder when none is left',
    description:
      'Images of a removed folder are no longer found. When the folder is added again, their tags, ratings ' +
      'and notes return.',
    permission: 'write',
    input: z.object({ path: path(), types }),
    output: z.null(),
    errors: [],
    example: { path: '/library', types: ['scanned'] },
  }),
  setAlias: endpoint({
    method: 'POST',
    path: '/db/alias_extra_path',
    summary: 'Set the display name of a library folder',
    permission: 'write',
    input: z.object({ path: path(), alias }),
    output: extraPath,
    errors: [404],
    example: { path: '/library', alias: 'My pictures' },
  }),
};
