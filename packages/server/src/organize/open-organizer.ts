import { randomUUID } from 'node:crypto';

import type { PathAccess } from '../access/path-access.ts';
import { lookAt } from '../files/disk/disk-state.ts';
import { createEntryChecks } from '../files/plan/entry-checks.ts';
import type { FileOperations } from '../files/file-operations.ts';
import { isServiceClosed, Refusal } from '../ports/refusal.ts';
import type { ImageSearches } from '@iib-kit/catalog';
import { isOwnerAlive, takeJobOwner } from '../jobs/job-owner.ts';
import { jobTime, type JobState } from '../jobs/job-state.ts';
import type { JobRun, Jobs } from '../jobs/open-jobs.ts';
import type { Library } from '../library/library.ts';
import type { Logger } from '../ports/logger.ts';
import { confirmedFiles, type Confirmation } from './confirmed-files.ts';
import type { GroupImages } from './grouping.ts';
import { movePlanned, resultOf } from './move-planned.ts';
import type { OrganizePlan, OrganizeRequest } from './organize-plan.ts';
import { movingDetail, planningDetail } from './organize-progress.ts';
import { isResting, type OrganizeRecord } from './organize-record.ts';
import { openOrganizeStore } from './organize-store.ts';
import { entriesOf, planOrganizing } from './plan-organizing.ts';
import { scopePaths } from './scope-paths.ts';
import { leftToUndo, undoMoves, undoneIn } from './undo-moves.ts';

/** The kind of its jobs. */
export const ORGANIZE_JOB = 'organize';

/** A run as it is now. */
export interface OrganizeReport {
  readonly record: OrganizeRecord;
  /** Of the part that is under way or was last; undefined once it is forgotten. */
  readonly job: JobState | undefined;
  readonly plan: OrganizePlan | undefined;
}

/** Sorts images into folders: plans, waits for a confirmation, moves, and can undo it. */
export interface Organizer {
  /** Gives the id of the run, which is that of its job. Throws a `Refusal` for folders that will not do. */
  start(request: OrganizeRequest): Promise<string>;
  /** Throws a `Refusal` 404, as the others do too. */
  report(id: string): Promise<OrganizeReport>;
  /** Throws a `Refusal` 400 when no plan waits for it. */
  confirm(id: string, confirmation: Confirmation): Promise<void>;
  /** Throws a `Refusal` 400 when there is nothing to undo. */
  undo(id: string): Promise<void>;
  /** Waits for what the jobs have ended. */
  close(): Promise<void>;
}

export interface OrganizerOptions {
  readonly group: GroupImages;
  readonly access: PathAccess;
  readonly files: Pick<FileOperations, 'relocate' | 'trash' | 'removeEmptied'>;
  readonly index: Pick<ImageSearches, 'searchBySubstring'>;
  readonly jobs: Pick<Jobs, 'start' | 'get'>;
  readonly library: Pick<Library, 'folders'>;
  /** Holds what is remembered of runs. */
  readonly stateFolder: string;
  /** Whether what an earlier process was at is gone on with. */
  readonly mayResume: boolean;
  readonly log: Pick<Logger, 'warn'>;
}

/** Goes on with what an earlier process was moving or undoing when it ended. */
export async function openOrganizer(options: OrganizerOptions): Promise<Organizer> {
  const { access, files, jobs, library } = options;
  const store = await openOrganizeStore(options.stateFolder);
  const owner = takeJobOwner();
  /** What runs of each id; it never rejects. */
  const running = new Map<string, Promise<void>>();
  /** Those that are just being confirmed or undone. */
  const claimed = new Set<string>();

  const known = (id: string): OrganizeRecord => {
    const record = store.get(id);
    if (record !== undefined) return record;
    throw new Refusal('no-such-organize-run', { id });
  };
  /** The latest of the record, changed. */
  const change = async (id: string, changed: Partial<OrganizeRecord>): Promise<void> => {
    await store.save({ ...known(id), ...changed, updatedTime: jobTime() });
  };

  /** Runs one part of a run as its job. Throws a `Refusal` when too many wait. */
  function runPart(id: string, part: Part, run: (job: JobRun) => Promise<unknown>): void {
    const { done } = jobs.start({ kind: ORGANIZE_JOB, id, run });
    const ended = done
      .then(
        () => undefined,
        (error: unknown) => endEarly(id, part, error),
      )
      .then(() => store.tidy())
      .catch((error: unknown) =>
        options.log.warn({ err: error, job: id }, 'an organisation could not be written down'),
      )
      .finally(() => running.delete(id));
    running.set(id, ended);
  }

  /** What was done until then stays done; what the server's end cuts off goes on at its next start. */
  async function endEarly(id: string, part: Part, error: unknown): Promise<void> {
    if (isServiceClosed(error) && part.phase !== 'planning') return;
    const job = jobs.get(id);
    const lines = await store.log(id).read();
    await change(id, {
      phase: part.after,
      ending: {
        status: job?.status === 'cancelled' ? 'cancelled' : 'failed',
        error: job?.error ?? 'internal error',
      },
      ...(part.phase === 'moving' ? { result: resultOf(lines) } : {}),
      ...(part.phase === 'undoing' ? { undo: undoneIn(lines) } : {}),
    });
  }

  async function plan(id: string): Promise<void> {
    const { request } = known(id);
    runPart(id, planning, async ({ signal, report }) => {
      const { folders, recursive } = request;
      const grouping = await options.group(request, {
        signal,
        report: (progress) =>
          report({
            stage: progress.stage,
            progress: progress.progress,
            detail: planningDetail(progress),
          }),
      });
      report({ stage: 'planning', progress: 0.95 });
      const scope = await scopePaths(options.index, folders, { recursive, signal });
      const checks = createEntryChecks(access, library.folders());
      const planned = await planOrganizing(scope, grouping, request, { checks, signal });
      await store.savePlan(id, planned);
      await change(id, { phase: 'preview_ready' });
      return { clusters: planned.clusters.length, errors: planned.errors.length };
    });
  }

  async function move(id: string): Promise<void> {
    const { request } = known(id);
    runPart(id, moving, async ({ signal, report }) => {
      const result = await movePlanned({
        action: request.action,
        files,
        log: store.log(id),
        signal,
        report: (done, total, current, soFar) =>
          report({
            stage: 'moving',
            progress: total === 0 ? 1 : done / total,
            detail: movingDetail({ stage: 'moving', done, total, current, result: soFar }),
          }),
      });
      await change(id, { phase: 'done', result });
      return { moved_count: result.movedCount, errors: result.errors.length };
    });
  }

  async function undo(id: string): Promise<void> {
    const { request, result } = known(id);
    runPart(id, undoing, async ({ signal, report }) => {
      const outcome = await undoMoves({
        action: request.action,
        files,
        log: store.log(id),
        signal,
        report: (done, total, current) =>
          report({
            stage: 'undoing',
            progress: total === 0 ? 1 : done / total,
            detail: movingDetail({ stage: 'undoing', done, total, current, result }),
          }),
      });
      await change(id, { phase: 'undone', undo: outcome });
      return { restored_count: outcome.restoredCount, errors: outcome.errors.length };
    });
  }

  async function resume(record: OrganizeRecord): Promise<void> {
    const { id, phase, request } = record;
    if (phase === 'planning') {
      const ending = { status: 'failed', error: 'the server stopped while it ran' } as const;
      return change(id, { ending });
    }
    if (!options.mayResume) return;
    for (const folder of request.folders) {
      // Everything on a drive that is not there would look as if it had vanished.
      if ((await lookAt(folder)) !== undefined) continue;
      options.log.warn({ folder, job: id }, 'an interrupted organisation waits for its folder');
      return;
    }
    await change(id, { owner: owner.name });
    await (phase === 'moving' ? move(id) : undo(id));
  }

  for (const record of store.all()) {
    if (isResting(record) || isOwnerAlive(record.owner)) continue;
    await resume(record).catch((error: unknown) =>
      options.log.warn({ err: error, job: record.id }, 'an interrupted organisation could not go on'),
    );
  }
  await store.tidy();

  return {
    async start(untrusted) {
      const request = await checkedRequest(untrusted, access, library);
      const id = randomUUID();
      const now = jobTime();
      const record = { version: 1, id, phase: 'planning', owner: owner.name, request } as const;
      await store.save({ ...record, createdTime: now, updatedTime: now });
      await plan(id).catch(async (error: unknown) => {
        await store.remove(id);
        throw error;
      });
      return id;
    },

    async report(id) {
      const record = known(id);
      return { record, job: jobs.get(id), plan: await store.plan(id) };
    },

    async confirm(id, confirmation) {
      await settled(id);
      const record = known(id);
      const planned = await store.plan(id);
      if (record.phase !== 'preview_ready' || planned === undefined || claimed.has(id))
        throw notReady(record);
      claimed.add(id);
      try {
        const { destFolder } = record.request;
        await access.check(destFolder);
        const existing = await entriesOf(destFolder);
        const confirmed = confirmedFiles(planned, record.request, confirmation, existing);
        await store.log(id).append({ step: 'confirmed', files: confirmed });
        await change(id, { phase: 'moving', owner: owner.name, confirmation });
        await move(id).catch(takingBack(record));
      } finally {
        claimed.delete(id);
      }
    },

    async undo(id) {
      await settled(id);
      const record = known(id);
      if ((record.phase !== 'done' && record.phase !== 'undone') || claimed.has(id)) {
        throw new Refusal('nothing-to-undo', { phase: record.phase });
      }
      claimed.add(id);
      try {
        const left = leftToUndo(await store.log(id).read());
        if (left.length === 0) throw new Refusal('nothing-to-undo', {});
        await change(id, { phase: 'undoing', owner: owner.name, ending: undefined });
        await undo(id).catch(takingBack(record));
      } finally {
        claimed.delete(id);
      }
    },

    async close() {
      await Promise.all(running.values());
      owner.release();
    },
  };

  /** For a part that could not be begun. */
  function takingBack(record: OrganizeRecord): (error: unknown) => Promise<never> {
    return async (error) => {
      await store.save(record);
      throw error;
    };
  }

  /** What has its outcome written down is about to be over. */
  async function settled(id: string): Promise<void> {
    if (isResting(known(id))) await running.get(id);
  }
}

/** A part of a run: where the run is meanwhile, and where when it ends before its time. */
interface Part {
  readonly phase: 'planning' | 'moving' | 'undoing';
  readonly after: 'planning' | 'done' | 'undone';
}

const planning: Part = { phase: 'planning', after: 'planning' };
const moving: Part = { phase: 'moving', after: 'done' };
const undoing: Part = { phase: 'undoing', after: 'undone' };

function notReady({ phase, ending }: OrganizeRecord): Refusal {
  const state = phase === 'planning' && ending !== undefined ? ending.status : phase;
  return new Refusal('not-awaiting-confirmation', { state });
}

async function checkedRequest(
  request: OrganizeRequest,
  access: PathAccess,
  library: Pick<Library, 'folders'>,
): Promise<OrganizeRequest> {
  const checks = createEntryChecks(access, library.folders());
  const folders: string[] = [];
  for (const folder of request.folders) {
    const { path: absolute } = await checks.destination(folder, { create: false });
    if (!folders.includes(absolute)) folders.push(absolute);
  }
  const { path: destFolder } = await access.check(request.destFolder);
  if ((await lookAt(destFolder)) !== undefined) await checks.destination(destFolder, { create: false });
  return { ...request, folders, destFolder };
}
