import { z } from 'zod';

import type { LogLine } from './organize-log-line.ts';
import type { OrganizePlan } from './organize-plan.ts';
import { organizePhases, type OrganizeRecord } from './organize-record.ts';

/** What is stored of a run, as it is checked when it is read: a drive may have damaged it. */

const texts = z.array(z.string());
const state = { bytes: z.number(), modifiedMs: z.number() };
const change = z.object({ from: z.string(), to: z.string() });
const planned = change.extend(state);
const errors = z.array(z.object({ src: z.string(), dest: z.string().optional(), error: z.string() }));

const record = z.object({
  version: z.literal(1),
  id: z.string(),
  phase: z.enum(organizePhases),
  owner: z.string(),
  createdTime: z.number(),
  updatedTime: z.number(),
  request: z.object({
    folders: texts,
    destFolder: z.string(),
    threshold: z.number(),
    minClusterSize: z.number(),
    lang: z.string(),
    recursive: z.boolean(),
    folderNaming: z.enum(['title', 'keywords', 'id']),
    maxFolderNameLength: z.number(),
    action: z.enum(['move', 'copy']),
    handleNoise: z.enum(['skip', 'unsorted', 'leave']),
    noiseFolderName: z.string(),
  }),
  confirmation: z
    .object({
      folderEdits: z.array(z.object({ clusterId: z.string(), folderName: z.string() })),
      skippedIds: texts,
    })
    .optional(),
  ending: z.object({ status: z.enum(['failed', 'cancelled']), error: z.string() }).optional(),
  result: z.object({ movedCount: z.number(), createdFolders: texts, errors }).optional(),
  undo: z.object({ restoredCount: z.number(), errors }).optional(),
});

const cluster = z.object({
  id: z.string(),
  folderName: z.string(),
  title: z.string(),
  keywords: texts,
  files: z.array(planned),
});

const plan = z.object({ clusters: z.array(cluster), noise: cluster, errors });

const line = z.discriminatedUnion('step', [
  z.object({ step: z.literal('confirmed'), files: z.array(planned) }),
  z.object({ step: z.literal('making'), folders: texts }),
  z.object({ step: z.literal('moving'), files: z.array(change) }),
  z.object({ step: z.literal('moved'), files: z.array(change), errors }),
  z.object({ step: z.literal('undone'), files: z.array(change), errors }),
]);

// Of what is optional, nothing is there as undefined.

/** Undefined for what is no record of a run. */
export const parseOrganizeRecord = (json: string): OrganizeRecord | undefined =>
  parse(json, record) as OrganizeRecord | undefined;

/** Undefined for what is no plan. */
export const parseOrganizePlan = (json: string): OrganizePlan | undefined =>
  parse(json, plan) as OrganizePlan | undefined;

/** Undefined for what is no line of a log. */
export const parseLogLine = (json: string): LogLine | undefined => parse(json, line) as LogLine | undefined;

function parse<T>(json: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
