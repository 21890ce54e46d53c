import type { PathAccess } from '../access/path-access.ts';
import type { FileOperations } from '../files/file-operations.ts';
import type { takeJobOwner } from '../jobs/job-owner.ts';
import { jobTime } from '../jobs/job-state.ts';
import type { Jobs } from '../jobs/open-jobs.ts';
import type { Library } from '../library/library.ts';
import type { Logger } from '../ports/logger.ts';
import { Refusal } from '../ports/refusal.ts';
import type { GroupImages } from './grouping.ts';
import { isResting, type OrganizeRecord } from './organize-record.ts';
import type { OrganizeStore } from './organize-store.ts';
import type { ScopeIndex } from './scope-paths.ts';

export interface OrganizerOptions {
  readonly group: GroupImages;
  readonly access: PathAccess;
  readonly files: Pick<FileOperations, 'relocate' | 'trash' | 'removeEmptied'>;
  readonly index: ScopeIndex;
  readonly jobs: Pick<Jobs, 'start' | 'get'>;
  readonly library: Pick<Library, 'folders'>;
  /** Holds what is remembered of runs. */
  readonly stateFolder: string;
  /** Whether what an earlier process was at is gone on with. */
  readonly mayResume: boolean;
  readonly log: Pick<Logger, 'warn'>;
}

/** What the commands of an organizer share. */
export interface OrganizeState extends OrganizerOptions {
  readonly store: OrganizeStore;
  readonly owner: ReturnType<typeof takeJobOwner>;
  /** What runs of each id; it never rejects. */
  readonly running: Map<string, Promise<void>>;
  /** Those that are just being confirmed or undone. */
  readonly claimed: Set<string>;
}

export function knownRun({ store }: Pick<OrganizeState, 'store'>, id: string): OrganizeRecord {
  const record = store.get(id);
  if (record !== undefined) return record;
  throw new Refusal('no-such-organize-run', { id });
}

/** Changes the latest of the record. */
export async function changeRun(
  state: Pick<OrganizeState, 'store'>,
  id: string,
  changed: Partial<OrganizeRecord>,
): Promise<void> {
  await state.store.save({ ...knownRun(state, id), ...changed, updatedTime: jobTime() });
}

/** The record of a run that does nothing at the moment; one whose outcome is written down is about to be over. */
export async function settledRun(state: OrganizeState, id: string): Promise<OrganizeRecord> {
  if (isResting(knownRun(state, id))) await state.running.get(id);
  return knownRun(state, id);
}

/** Does what only one may do to a run at a time. */
export async function claiming(state: OrganizeState, id: string, work: () => Promise<void>): Promise<void> {
  state.claimed.add(id);
  try {
    await work();
  } finally {
    state.claimed.delete(id);
  }
}
