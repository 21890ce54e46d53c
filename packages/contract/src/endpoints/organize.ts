import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { jobId } from '../schemas/job.ts';
import { jobStatuses } from '../vocabulary.ts';
import { boolean, integer, path } from '../schemas/lenient.ts';

/** Longest name of a folder that images are sorted into, in characters. */
export const MAX_FOLDER_NAME_LENGTH = 200;

/** Most folders that one run organises, and most edits of one confirmation. */
const MAX_FOLDERS = 1000;
const MAX_EDITS = 10_000;

function number(min: number, max: number) {
  const error = `expected a number from ${min} to ${max}`;
  const plain = z.number(error).min(min, error).max(max, error);
  const digits = z
    .string()
    .regex(/^\d+(?:\.\d+)?$/)
    .transform(Number)
    .pipe(plain);
  return z.union([plain, digits], { error });
}

const folderName = () =>
  z.string().min(1, 'a folder name cannot be empty').max(1000, 'a folder name is not that long');

const folderNamings = ['title', 'keywords', 'id'] as const;
const actions = ['move', 'copy'] as const;
const noiseHandlings = ['skip', 'unsorted', 'leave'] as const;

const organizeRequest = z.object({
  folder_paths: z
    .array(path())
    .min(1, 'at least one folder')
    .max(MAX_FOLDERS, `at most ${MAX_FOLDERS} folders in one request`)
    .describe('Folders whose indexed images and videos are sorted'),
  dest_folder: path()
    .optional()
    .describe('Where the new folders are created. Default: the first of `folder_paths`'),
  threshold: number(0, 1).prefault(0.9).describe('Minimum similarity of prompts in a cluster, 0 to 1'),
  min_cluster_size: integer({ min: 1, max: 10_000 }).prefault(2),
  lang: z.string().max(32).prefault('en').describe('Language of the titles'),
  recursive: boolean().prefault(false).describe('Whether images in subfolders are included'),
  folder_naming: z.enum(folderNamings).prefault('title').describe('What the new folders are named after'),
  max_folder_name_length: integer({ min: 1, max: MAX_FOLDER_NAME_LENGTH }).prefault(50),
  action: z.enum(actions).prefault('move'),
  handle_noise: z
    .enum(noiseHandlings)
    .prefault('unsorted')
    .describe(
      'Images that belong to no cluster: move them into a folder of their own (`unsorted`), or leave them ' +
        'where they are, with a mapping of each to itself (`leave`) or without (`skip`)',
    ),
  noise_folder_name: folderName().prefault('Unsorted'),
});

/** The request as it was understood. */
const understoodRequest = z
  .object({
    folder_paths: z.array(z.string()),
    dest_folder: z.string(),
    threshold: z.number(),
    min_cluster_size: z.int(),
    lang: z.string(),
    recursive: z.boolean(),
    folder_naming: z.enum(folderNamings),
    max_folder_name_length: z.int(),
    action: z.enum(actions),
    handle_noise: z.enum(noiseHandlings),
    noise_folder_name: z.string(),
  })
  .meta({ id: 'OrganizeRequest' });

const fileMapping = z
  .object({
    src_path: z.string(),
    dest_folder_name: z.string().describe('Empty for a file that stays'),
    dest_path: z.string().describe('Numbered where the name is taken'),
    cluster_id: z.string(),
    is_noise: z.boolean(),
  })
  .meta({ id: 'OrganizeFileMapping' });

const previewCluster = z
  .object({
    cluster_id: z
      .string()
      .describe('Clusters with the same folder name are merged; their ids are joined with `_`'),
    suggested_folder_name: z.string(),
    title: z.string(),
    keywords: z.array(z.string()),
    size: z.int(),
    file_mappings: z.array(fileMapping),
  })
  .meta({ id: 'OrganizeCluster' });

const organizeError = z
  .object({ src: z.string(), dest: z.string().optional(), error: z.string() })
  .meta({ id: 'OrganizeError' });

const organizePreview = z
  .object({
    job_id: z.string(),
    dest_folder: z.string(),
    total_files: z.int().describe('Length of `all_mappings`'),
    clusters: z.array(previewCluster),
    noise: previewCluster.describe('Images that belong to no cluster, with the cluster id `__noise__`'),
    all_mappings: z.array(fileMapping).describe('Every file that is to be moved or copied'),
    errors: z.array(organizeError).describe('Images that cannot be sorted, and why'),
  })
  .meta({ id: 'OrganizePreview' });
export type OrganizePreview = z.output<typeof organizePreview>;

const organizeResult = z
  .object({
    moved_count: z.int().describe('Files that were moved or copied, not counting sidecars'),
    created_folders: z.array(z.string()),
    errors: z.array(organizeError).describe('Files that stayed where they were, and why'),
    undo: z
      .object({ restored_count: z.int(), errors: z.array(organizeError) })
      .nullable()
      .describe('The outcome of the undo; null before it'),
  })
  .meta({ id: 'OrganizeResult' });

/** The plan, progress and result of a run that sorts files. */
export const organizeStatus = z
  .object({
    job_id: z.string(),
    status: z
      .enum(jobStatuses)
      .describe('`completed` when the preview is ready, and again when the files are moved'),
    stage: z
      .string()
      .describe('`preview_ready` while it awaits confirmation; later `moving`, `done`, `undoing`, `undone`'),
    progress: z.number().describe('0 to 1, of the current phase: planning, moving or undoing'),
    progress_detail: z.object({
      stage: z.string(),
      embedded_done: z.int(),
      to_embed: z.int(),
      clusters_done: z.int(),
      clusters_total: z.int(),
      moved_done: z.int(),
      moved_total: z.int(),
      current_file: z.string(),
      created_folders: z.array(z.string()),
      errors: z.array(organizeError),
    }),
    req: understoodRequest.describe('The request with defaults filled in'),
    preview: organizePreview.nullable().describe('The plan; null until it is ready'),
    result: organizeResult.nullable().describe('The outcome; null until files were moved'),
    error: z.string().nullable().describe('Why it failed or was cancelled'),
    created_at: z.number(),
    updated_at: z.number(),
  })
  .meta({ id: 'OrganizeStatus' });
export type OrganizeStatus = z.output<typeof organizeStatus>;

const accepted = z.object({ ok: z.literal(true), job_id: z.string() });
const exampleId = '5f0c1d2e-8a1b-4c3d-9e4f-0a1b2c3d4e5f';

export const organize = {
  start: endpoint({
    method: 'POST',
    path: '/db/organize_files_start',
    summary: 'Plan the sorting of images into folders by topic',
    description:
      'Nothing is moved before `organize_files_confirm`. Every indexed file of the folders is either in ' +
      'exactly one cluster, in `noise`, or in `errors` of the preview.',
    permission: 'write',
    largeBody: true,
    input: organizeRequest,
    output: z.object({ job_id: z.string() }),
    startsJob: { status: ['organize', 'status'], field: 'preview', result: organizePreview },
    errors: [404, 409, 429],
    example: { folder_paths: ['/library'], dest_folder: '/library/sorted', handle_noise: 'leave' },
  }),
  status: endpoint({
    method: 'GET',
    path: '/db/organize_files_status',
    summary: 'The plan, progress and result of sorting images into folders',
    permission: 'read',
    input: z.object({ job_id: jobId }),
    output: organizeStatus,
    errors: [404],
    example: { job_id: exampleId },
  }),
  confirm: endpoint({
    method: 'POST',
    path: '/db/organize_files_confirm',
    summary: 'Move or copy the files as planned',
    description:
      'Continues as the same job, which can be cancelled; files already moved stay moved. Nothing is ' +
      'overwritten, and tags and sidecars move with their files. A file that changed since the preview is ' +
      'not moved and is listed in `errors`. Continues after a restart of the server. Answers 400 when no ' +
      'preview awaits confirmation.',
    permission: 'write',
    largeBody: true,
    input: z.object({
      job_id: jobId,
      folder_edits: z
        .array(z.object({ cluster_id: z.string().min(1), new_folder_name: folderName() }))
        .max(MAX_EDITS, `at most ${MAX_EDITS} edits in one request`)
        .prefault([]),
      skip_cluster_ids: z
        .array(z.string())
        .max(MAX_EDITS, `at most ${MAX_EDITS} clusters in one request`)
        .prefault([])
        .describe(
          'Clusters whose files stay where they are; `__noise__` for images that belong to no cluster',
        ),
    }),
    output: accepted,
    startsJob: { status: ['organize', 'status'], field: 'result', result: organizeResult },
    errors: [404, 429],
    example: {
      job_id: exampleId,
      folder_edits: [{ cluster_id: 'topic_1', new_folder_name: 'Foxes' }],
      skip_cluster_ids: ['topic_2'],
    },
  }),
  undo: endpoint({
    method: 'POST',
    path: '/db/organize_files_undo',
    summary: 'Move the files back to where they were',
    description:
      'Copies are moved to the trash instead. A file that cannot be moved back because its path is taken ' +
      'stays where it is and is listed in `errors`; another undo tries again. Created folders are removed ' +
      'when empty. Answers 400 when nothing was moved.',
    permission: 'write',
    input: z.object({ job_id: jobId }),
    output: accepted,
    startsJob: { status: ['organize', 'status'], field: 'result', result: organizeResult },
    errors: [404, 429],
    example: { job_id: exampleId },
  }),
};
