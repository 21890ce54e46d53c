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
  .describe('When the name is taken: refuse with 409, or take the next free name, such as `fox_1.png`');

const continueOnError = boolean()
  .prefault(false)
  .describe('List what fails under `errors` and go on with the rest');

const errors = z.array(z.string()).describe('What failed, in words; only with `continue_on_error`');

const fileChange = z.object({ from: z.string(), to: z.string() });

const transfer = {
  file_paths: paths(),
  dest: path().describe('A folder'),
  create_dest_folder: boolean().prefault(false).describe('Make the folder where it is not there'),
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
      'Entries in no promised order. A folder that is not there lists as empty. Ancestors of the allowed ' +
      'folders can be listed too and show only what leads to those.',
    permission: 'read',
    input: z.object({ folder_path: path() }),
    output: z.object({ files: z.array(fileInfo) }),
    errors: [],
    example: { folder_path: '/library' },
  }),
  infos: endpoint({
    method: 'POST',
    path: '/batch_get_files_info',
    summary: 'What many files and folders are',
    description: 'The objects of `/files`. What is not there is left out.',
    permission: 'read',
    onlyAsks: true,
    input: z.object({ paths: paths() }),
    output: z.record(z.string(), fileInfo).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library/image.png'] },
  }),
  exist: endpoint({
    method: 'POST',
    path: '/check_path_exists',
    summary: 'Which paths are there',
    description: 'False also for what callers may not see.',
    permission: 'read',
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
    summary: 'The four newest images or videos of many folders',
    description: 'Of each folder itself, newest first; none for a folder that is not there.',
    permission: 'read',
    onlyAsks: true,
    input: z.object({ paths: paths() }),
    output: z.record(z.string(), z.array(coverInfo)).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library'] },
  }),
  makeFolder: endpoint({
    method: 'POST',
    path: '/mkdirs',
    summary: 'Make a folder and its parents',
    description: 'One that is there already is fine.',
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
    description: `A copy is a new image, without the tags. ${sidecars} Folders are refused.`,
    permission: 'write',
    answersWhenDone: true,
    input: z.object(transfer),
    output: z.object({ errors, files: z.array(fileChange).describe('What was copied where') }),
    errors: [404, 409],
    example: transferExample,
  }),
  move: endpoint({
    method: 'POST',
    path: '/move_files',
    summary: 'Move files and folders into a folder',
    description: `Tags, ratings and notes go along. ${sidecars}`,
    permission: 'write',
    answersWhenDone: true,
    input: z.object(transfer),
    output: z.object({ errors, files: z.array(fileChange).describe('What was moved where') }),
    errors: [404, 409],
    example: transferExample,
  }),
  remove: endpoint({
    method: 'POST',
    path: '/delete_files',
    summary: 'Delete files and folders',
    description: `For good, and then only empty folders, unless \`trash\` is set. ${sidecars}`,
    permission: 'write',
    answersWhenDone: true,
    input: z.object({
      file_paths: paths(),
      trash: boolean().prefault(false).describe('Into the trash, from where it can be restored'),
    }),
    output: z.object({
      ok: z.literal(true),
      trashed: z.array(trashItem).describe('What is in the trash now'),
    }),
    errors: [404, 409],
    example: { file_paths: ['/library/image.png'], trash: true },
  }),
  rename: endpoint({
    method: 'POST',
    path: '/db/rename',
    summary: 'Give a file or folder another name',
    description: `Tags, ratings and notes go along. ${sidecars}`,
    permission: 'write',
    input: z.object({ path: path(), name: z.string(), on_conflict: onConflict }),
    output: z.object({ detail: z.string(), new_path: z.string() }),
    errors: [404, 409],
    example: { path: '/library/image.png', name: 'fox.png' },
  }),
  flatten: endpoint({
    method: 'POST',
    path: '/flatten_folder',
    summary: 'Move all files in the folders of a folder into it',
    description:
      'Emptied folders are removed. Hidden folders and links are left alone. A dry run, which is the default, ' +
      'says how many files there are and which names clash.',
    permission: 'write',
    answersWhenDone: true,
    input: z.object({ folder_path: path(), dry_run: boolean().prefault(true), on_conflict: onConflict }),
    output: z.object({
      success: z.boolean(),
      total_files: z.int(),
      conflicts: z.array(z.string()).describe('Names that clash'),
      moved_files: z.int(),
      errors: z.array(z.string()),
    }),
    errors: [404, 409],
    example: { folder_path: '/library/sub' },
  }),
  zip: endpoint({
    method: 'POST',
    path: '/zip',
    summary: 'Many files as one archive',
    description:
      'Equal names are told apart by a number. With `pack_only` the archive stays on the server for a day, and the ' +
      'answer is JSON: `{ "name", "path", "bytes", "missing", "job_id" }`; `GET /zip` fetches it by name. `bytes` and ' +
      '`missing` are null of an archive above 64 MiB, which the job goes on to make. A file that cannot be read any ' +
      'more is left out: the last entry, `not-in-this-archive.txt`, says which and why, as does `missing`, a list of ' +
      '`{ "path", "reason" }`.',
    permission: 'write',
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
    summary: 'An archive that was packed before',
    permission: 'read',
    input: z.object({ name: z.string().max(MAX_FILE_NAME_BYTES).describe('As `pack_only` answered it') }),
    output: { media: 'application/zip' },
    errors: [404, 416],
    example: { name: 'iib-0123456789abcdef.zip' },
  }),
  listTrash: endpoint({
    method: 'GET',
    path: '/trash',
    summary: 'What is in the trash',
    description: 'Newest first.',
    permission: 'read',
    input: z.object({}),
    output: z.object({ items: z.array(trashItem) }),
    errors: [],
    example: {},
  }),
  restore: endpoint({
    method: 'POST',
    path: '/trash/restore',
    summary: 'Take files and folders out of the trash',
    description: 'To where they were, with their tags, ratings and notes.',
    permission: 'write',
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
        .describe('What was restored, and where it is'),
    }),
    errors: [404, 409],
    example: { ids: ['20260101T000000000Z-0123456789abcdef-0'], continue_on_error: true },
  }),
  emptyTrash: endpoint({
    method: 'POST',
    path: '/trash/empty',
    summary: 'Delete what is in the trash for good',
    permission: 'write',
    answersWhenDone: true,
    input: z.object({
      ids: z
        .array(z.string())
        .max(MAX_PATHS, `at most ${MAX_PATHS} ids in one request`)
        .optional()
        .describe('Everything when left out'),
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
    summary: 'Open a file in its program on the server',
    description: 'Only for callers on the same machine.',
    permission: 'write',
    input: z.object({ path: path() }),
    output: z.null(),
    errors: [404],
    example: { path: '/library/image.png' },
  }),
};
