import { lookAt } from '../files/disk/disk-state.ts';
import { isOwnerAlive } from '../jobs/job-owner.ts';
import { moveRun } from './confirm-run.ts';
import { isResting, type OrganizeRecord } from './organize-record.ts';
import { changeRun, type OrganizeState } from './organize-state.ts';
import { bringBack } from './undo-run.ts';

/** Continues what an earlier process was moving or undoing when it ended. */
export async function resumeRuns(state: OrganizeState): Promise<void> {
  for (const record of state.store.all()) {
    if (isResting(record) || isOwnerAlive(record.owner)) continue;
    await resumeRun(state, record).catch((error: unknown) =>
      state.log.warn({ err: error, job: record.id }, 'an interrupted organize run could not continue'),
    );
  }
}

async function resumeRun(state: OrganizeState, { id, phase, request }: OrganizeRecord): Promise<void> {
  if (phase === 'planning') {
    const ending = { status: 'failed', error: 'the server stopped while it ran' } as const;
    return changeRun(state, id, { ending });
  }
  if (!state.mayResume) return;
  for (const folder of request.folders) {
    // Everything on a drive that is not there would look as if it had vanished.
    if ((await lookAt(folder)) !== undefined) continue;
    state.log.warn({ folder, job: id }, 'an interrupted organize run waits for its folder');
    return;
  }
  await changeRun(state, id, { owner: state.owner.name });
  if (phase === 'moving') moveRun(state, id);
  else bringBack(state, id);
}
