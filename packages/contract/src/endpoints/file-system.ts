import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { coverInfo, fileInfo } from '../schemas/file-info.ts';
import { boolean, MAX_PATHS, path, paths } from '../schemas/lenient.ts';
import { trashItem } from '../schemas/trash-item.ts';

/** Longest name that a file can be given, in bytes of UTF-8. */
export const MAX_FILE_NAME_BYTES = 255;

const onConflict = z
  .enum(['error', 'rename'])
  .prefault('error')
  .describe('When the name is taken: refuse with 409, or use the next free name, such as `fox_1.png`');

const continueOnError = boolean()
  .prefault(false)
  .describe('List failures under `errors` and continue with the rest');

const errors = z.array(z.string()).describe('Messages of what failed; only with `continue_on_error`');

const fileChange = z.object({ from: z.string(), to: z.string() });

const transfer = {
  file_paths: paths(),
  dest: path().describe('A folder'),
  create_dest_folder: boolean().prefault(false).describe('Create the folder if it does not exist'),
  continue_on_error: continueOnError,
  on_conflict: onConflict,
};

const transferExample = { file_paths: ['/library/image.png'], dest: '/library/chosen' };

const sidecars =
  'A text or settings file that belongs to an image alone (`fox.txt` to `fox.png`) goes along.';

export const fileSystem = {
  list: endpoint({
    method: 'GET',
    path: '/files',
    summary: 'List a folder',
    description:
      'The order of the entries is not defined. A folder that does not exist is listed as empty. Ancestors ' +
      'of the allowed folders can be listed too and show only what leads to those.',
    permission: 'read',
    input: z.object({ folder_path: path() }),
    output: z.object({ files: z.array(fileInfo) }),
    errors: [],
    example: { folder_path: '/library' },
  }),
  infos: endpoint({
    method: 'POST',
    path: '/batch_get_files_info',
    summary: 'Details of many files and folders',
    description: 'The same objects as in `/files`. Paths that do not exist are left out.',
    permission: 'read',
    largeBody: true,
    onlyAsks: true,
    input: z.object({ paths: paths() }),
    output: z.record(z.string(), fileInfo).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library/image.png'] },
  }),
  exist: endpoint({
    method: 'POST',
    path: '/check_path_exists',
    summary: 'Which paths exist',
    description:
      'False for paths that the caller may neither access nor, as a folder, add to the library (`/db/extra_paths`).',
    permission: 'read',
    largeBody: true,
    onlyAsks: true,
    input: z.object({
      paths: z.array(z.string()).max(MAX_PATHS, `at most ${MAX_PATHS} paths in one request`),
    }),
    output: z.record(z.string(), z.boolean()).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library/image.png'] },
  }),
  covers: endpoint({
    method: 'POST',
    path: '/batch_top_4_media_info',
    summary: 'The four newest images or videos of each of many folders',
    description: 'Directly in each folder, newest first; empty for a folder that does not exist.',
    permission: 'read',
    largeBody: true,
    onlyAsks: true,
    input: z.object({ paths: paths() }),
    output: z.record(z.string(), z.array(coverInfo)).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library'] },
  }),
  makeFolder: endpoint({
    method: 'POST',
    path: '/mkdirs',
    summary: 'Create a folder and its parents',
    description: 'An existing folder is not an error.',
    permission: 'write',
    input: z.object({ dest_folder: path() }),
    output: z.null(),
    errors: [409],
    example: { dest_folder: '/library/chosen' },
  }),
  copy: endpoint({
    method: 'POST',
    path: '/copy_files',
    summary: 'Copy files into a folder',
    description: `A copy is a new image, without the tags of the original. ${sidecars} Folders are refused.`,
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object(transfer),
    output: z.object({
      errors,
      files: z.array(fileChange).describe('The files that were copied, and where to'),
    }),
    errors: [404, 409],
    example: transferExample,
  }),
  move: endpoint({
    method: 'POST',
    path: '/move_files',
    summary: 'Move files and folders into a folder',
    description: `Tags, ratings, notes and edited texts are kept. ${sidecars}`,
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object(transfer),
    output: z.object({
      errors,
      files: z.array(fileChange).describe('The files that were moved, and where to'),
    }),
    errors: [404, 409],
    example: transferExample,
  }),
  remove: endpoint({
    method: 'POST',
    path: '/delete_files',
    summary: 'Delete files and folders',
    description: `Permanent unless \`trash\` is set. Without it, a folder is only deleted when it is empty. ${sidecars}`,
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({
      file_paths: paths(),
      trash: boolean().prefault(false).describe('Move to the trash, from which files can be restored'),
    }),
    output: z.object({
      ok: z.literal(true),
      trashed: z.array(trashItem).describe('The entries that were moved to the trash'),
    }),
    errors: [404, 409],
    example: { file_paths: ['/library/image.png'], trash: true },
  }),
  rename: endpoint({
    method: 'POST',
    path: '/db/rename',
    summary: 'Rename a file or folder',
    description: `Tags, ratings, notes and edited texts are kept. ${sidecars}`,
    permission: 'write',
    input: z.object({ path: path(), name: z.string(), on_conflict: onConflict }),
    output: z.object({ detail: z.string(), new_path: z.string() }),
    errors: [404, 409],
    example: { path: '/library/image.png', name: 'fox.png' },
  }),
  flatten: endpoint({
    method: 'POST',
    path: '/flatten_folder',
    summary: 'Move all files from the subfolders of a folder into it',
    description:
      'Emptied folders are removed. Hidden folders and links are not touched. A dry run, which is the ' +
      'default, says how many files there are and which names clash.',
    permission: 'write',
    answersWhenDone: true,
    input: z.object({ folder_path: path(), dry_run: boolean().prefault(true), on_conflict: onConflict }),
    output: z.object({
      success: z.boolean(),
      total_files: z.int(),
      conflicts: z.array(z.string()).describe('Conflicting names'),
      moved_files: z.int(),
      errors: z.array(z.string()),
    }),
    errors: [404, 409],
    example: { folder_path: '/library/sub' },
  }),
  zip: endpoint({
    method: 'POST',
    path: '/zip',
    summary: 'Pack files into one archive',
    description:
      'Equal names are numbered. With `pack_only` the archive is kept on the server for a day, and the ' +
      'answer is JSON: `{ "name", "path", "bytes", "missing", "job_id" }`; `GET /zip` fetches it by name. ' +
      'For an archive above 64 MiB, `bytes` and `missing` are null, and the job continues to pack it. A ' +
      'file that can no longer be read is left out: the last entry, `not-in-this-archive.txt`, says which ' +
      'and why, as does `missing`, a list of `{ "path", "reason" }`.',
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({
      paths: paths().min(1, 'at least one path'),
      compress: boolean().prefault(false),
      pack_only: boolean().prefault(false),
    }),
    output: { media: 'application/zip' },
    errors: [404, 429],
    example: { paths: ['/library/image.png'], compress: false, pack_only: false },
  }),
  packedZip: endpoint({
    method: 'GET',
    path: '/zip',
    summary: 'Download an archive packed earlier',
    permission: 'read',
    input: z.object({
      name: z.string().max(MAX_FILE_NAME_BYTES).describe('The `name` in the answer of `pack_only`'),
    }),
    output: { media: 'application/zip' },
    errors: [404, 416],
    example: { name: 'iib-0123456789abcdef.zip' },
  }),
  listTrash: endpoint({
    method: 'GET',
    path: '/trash',
    summary: 'Contents of the trash',
    description: 'Newest first.',
    permission: 'read',
    input: z.object({}),
    output: z.object({
      items: z.array(trashItem),
      damaged: z
        .array(z.string())
        .describe('Folders of a trash that hold what nobody can tell any more; they are left alone'),
    }),
    errors: [],
    example: {},
  }),
  restore: endpoint({
    method: 'POST',
    path: '/trash/restore',
    summary: 'Restore files and folders from the trash',
    description:
      'Each returns to its original path, with tags, ratings, notes and edited text. Tags are what they are by now: renamed, merged, or gone.',
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({
      ids: z.array(z.string()).min(1).max(MAX_PATHS, `at most ${MAX_PATHS} ids in one request`),
      continue_on_error: continueOnError,
      on_conflict: onConflict,
    }),
    output: z.object({
      errors,
      files: z
        .array(z.object({ id: z.string(), path: z.string() }))
        .describe('The restored entries, and where they are now'),
    }),
    errors: [404, 409],
    example: { ids: ['20260101T000000000Z-0123456789abcdef-0'], continue_on_error: true },
  }),
  emptyTrash: endpoint({
    method: 'POST',
    path: '/trash/empty',
    summary: 'Permanently delete entries of the trash',
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({
      ids: z
        .array(z.string())
        .max(MAX_PATHS, `at most ${MAX_PATHS} ids in one request`)
        .optional()
        .describe('Default: everything'),
    }),
    output: z.object({ deleted: z.int() }),
    errors: [],
    example: { ids: [] },
  }),
  openFolder: endpoint({
    method: 'POST',
    path: '/open_folder',
    summary: "Show a file or folder in the server's file browser",
    description: 'Only for callers on the same machine.',
    permission: 'write',
    input: z.object({ path: path() }),
    output: z.null(),
    errors: [404],
    example: { path: '/library' },
  }),
  openFile: endpoint({
    method: 'POST',
    path: '/open_with_default_app',
    summary: 'Open a file with its default program on the server',
    description: 'Only for callers on the same machine.',
    permission: 'write',
    input: z.object({ path: path() }),
    output: z.null(),
    errors: [404],
    example: { path: '/library/image.png' },
  }),
};
