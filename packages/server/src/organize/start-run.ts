import { randomUUID } from 'node:crypto';

import { createEntryChecks } from '../files/plan/entry-checks.ts';
import { lookAt } from '../files/disk/disk-state.ts';
import { jobTime } from '../jobs/job-state.ts';
import type { OrganizeRequest } from './organize-plan.ts';
import { planningDetail } from './organize-progress.ts';
import { changeRun, knownRun, type OrganizeState } from './organize-state.ts';
import { planOrganizing } from './plan-organizing.ts';
import { runPhase } from './run-phase.ts';
import { scopePaths } from './scope-paths.ts';

/** Gives the id of the run, which is that of its job. Throws a `Refusal` for folders that will not do. */
export async function startRun(state: OrganizeState, untrusted: OrganizeRequest): Promise<string> {
  const { store, owner } = state;
  const request = await checkedRequest(untrusted, state);
  const id = randomUUID();
  const now = jobTime();
  const record = { version: 1, id, phase: 'planning', owner: owner.name, request } as const;
  await store.save({ ...record, createdTime: now, updatedTime: now });
  try {
    planRun(state, id);
  } catch (error) {
    await store.remove(id);
    throw error;
  }
  await forgetOldRuns(state);
  return id;
}

/** A server that runs for years starts once. */
async function forgetOldRuns({ store, claimed, running, log }: OrganizeState): Promise<void> {
  try {
    await store.tidy((id) => claimed.has(id) || running.has(id));
  } catch (err) {
    log.warn({ err }, 'old organize runs could not be removed; it is tried again with the next');
  }
}

function planRun(state: OrganizeState, id: string): void {
  const { request } = knownRun(state, id);
  runPhase(state, id, { phase: 'planning', after: 'planning' }, async ({ signal, report }) => {
    const { folders, recursive } = request;
    const grouping = await state.group(request, {
      signal,
      report: (progress) =>
        report({ stage: progress.stage, progress: progress.progress, detail: planningDetail(progress) }),
    });
    report({ stage: 'planning', progress: 0.95 });
    const scope = await scopePaths(state.index, folders, { recursive, signal });
    const checks = createEntryChecks(state.access, state.library.folders());
    const planned = await planOrganizing(scope, grouping, request, { checks, signal });
    await state.store.savePlan(id, planned);
    await changeRun(state, id, { phase: 'preview_ready' });
    return { clusters: planned.clusters.length, errors: planned.errors.length };
  });
}

async function checkedRequest(
  request: OrganizeRequest,
  { access, library }: Pick<OrganizeState, 'access' | 'library'>,
): Promise<OrganizeRequest> {
  const checks = createEntryChecks(access, library.folders());
  const folders: string[] = [];
  for (const folder of request.folders) {
    const { path: absolute } = await checks.destination(folder, { create: false });
    if (!folders.includes(absolute)) folders.push(absolute);
  }
  const { path: destFolder } = await access.checkSpelled(request.destFolder);
  if ((await lookAt(destFolder)) !== undefined) await checks.destination(destFolder, { create: false });
  return { ...request, folders, destFolder };
}
