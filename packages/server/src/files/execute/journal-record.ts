import path from 'node:path';

import { z } from 'zod';

import type { FileIdentity } from '../disk/disk-state.ts';
import { isPartName } from '../disk/own-names.ts';
import type { EntryGroup, OperationPlan } from './operation-plan.ts';

/** One entry of a record, with where its copy grows should it need one. */
export interface JournalEntry {
  readonly from: string;
  readonly to: string;
  readonly alias?: string;
  readonly part: string;
}

/** What was about to be done, written before any of it. */
export interface JournalRecord extends Omit<OperationPlan, 'groups'> {
  readonly version: 1;
  readonly groups: readonly EntryGroup<JournalEntry>[];
}

/** A line after the first: a complete copy that was about to be given its name. */
export interface PlacingNote extends FileIdentity {
  readonly part: string;
}

const absolute = z.string().refine((value) => path.isAbsolute(value) && path.resolve(value) === value);
// It is removed with all below it: nothing but what a record named so may be meant.
const part = absolute.refine((value) => isPartName(path.basename(value)));

const entry = z.object({ from: absolute, to: absolute, alias: absolute.optional(), part });

const record = z.object({
  version: z.literal(1),
  action: z.enum(['move', 'copy', 'remove']),
  index: z.enum(['follow', 'forget', 'store', 'return', 'read']),
  groups: z.array(z.tuple([entry], entry)),
  tidy: z.array(absolute),
});

const note = z.object({ part, dev: z.number(), ino: z.number() });

/** Undefined for a line that is no record. */
export function parseRecord(line: string): JournalRecord | undefined {
  // Of what is optional, nothing is there as undefined.
  return parseLine(line, record) as JournalRecord | undefined;
}

/** Undefined for a line that is no note. */
export function parseNote(line: string): PlacingNote | undefined {
  return parseLine(line, note);
}

function parseLine<T>(line: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
