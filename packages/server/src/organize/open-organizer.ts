import { takeJobOwner } from '../jobs/job-owner.ts';
import type { JobState } from '../jobs/job-state.ts';
import { confirmRun } from './confirm-run.ts';
import type { Confirmation } from './confirmed-files.ts';
import type { OrganizePlan, OrganizeRequest } from './organize-plan.ts';
import type { OrganizeRecord } from './organize-record.ts';
import { knownRun, type OrganizerOptions, type OrganizeState } from './organize-state.ts';
import { openOrganizeStore } from './organize-store.ts';
import { resumeRuns } from './resume-runs.ts';
import { startRun } from './start-run.ts';
import { undoRun } from './undo-run.ts';

/** A run as it is now. */
export interface OrganizeReport {
  readonly record: OrganizeRecord;
  /** Of the phase that is under way or was last; undefined once it is forgotten. */
  readonly job: JobState | undefined;
  readonly plan: OrganizePlan | undefined;
}

/** Sorts images into folders: plans, waits for a confirmation, moves, and can undo it. */
export interface Organizer {
  /** Gives the id of the run, which is that of its job. Throws a `Refusal` for folders that will not do. */
  start(request: OrganizeRequest): Promise<string>;
  /** Throws a `Refusal` for an unknown id, as the others do too. */
  report(id: string): Promise<OrganizeReport>;
  /** Throws a `Refusal` when no plan waits for it. */
  confirm(id: string, confirmation: Confirmation): Promise<void>;
  /** Throws a `Refusal` when there is nothing to undo. */
  undo(id: string): Promise<void>;
  /** Waits for what the jobs have ended. */
  close(): Promise<void>;
}

/** Continues what an earlier process was moving or undoing when it ended. */
export async function openOrganizer(options: OrganizerOptions): Promise<Organizer> {
  const store = await openOrganizeStore(options.stateFolder, options.log);
  const state: OrganizeState = {
    ...options,
    store,
    owner: takeJobOwner(),
    running: new Map(),
    claimed: new Set(),
  };
  await resumeRuns(state);
  await store.tidy();
  return {
    start: (request) => startRun(state, request),
    async report(id) {
      const record = knownRun(state, id);
      return { record, job: options.jobs.get(id), plan: await store.plan(id) };
    },
    confirm: (id, confirmation) => confirmRun(state, id, confirmation),
    undo: (id) => undoRun(state, id),
    async close() {
      await Promise.all(state.running.values());
      state.owner.release();
    },
  };
}
