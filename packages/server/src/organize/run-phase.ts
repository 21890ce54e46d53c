import { isServiceClosed } from '../ports/refusal.ts';
import type { JobRun } from '../jobs/open-jobs.ts';
import { resultOf } from './move-planned.ts';
import { changeRun, type OrganizeState } from './organize-state.ts';
import type { OrganizeRecord } from './organize-record.ts';
import { undoneIn } from './undo-moves.ts';

/** The kind of the jobs of an organizer. */
export const ORGANIZE_JOB = 'organize';

/** A phase that runs as a job, and where the run is when it ends before its time. */
export interface RunningPhase {
  readonly phase: 'planning' | 'moving' | 'undoing';
  readonly after: 'planning' | 'done' | 'undone';
}

/** Runs one phase of a run as its job. Throws a `Refusal` when too many wait. */
export function runPhase(
  state: OrganizeState,
  id: string,
  phase: RunningPhase,
  run: (job: JobRun) => Promise<unknown>,
): void {
  const { jobs, store, log, running } = state;
  const { done } = jobs.start({ kind: ORGANIZE_JOB, id, run });
  const ended = done
    .then(
      () => undefined,
      (error: unknown) => endEarly(state, id, phase, error),
    )
    .then(() => store.tidy())
    .catch((error: unknown) => log.warn({ err: error, job: id }, 'an organize run could not be written down'))
    .finally(() => running.delete(id));
  running.set(id, ended);
}

/** What was done until then stays done; what the server's end cuts off goes on at its next start. */
async function endEarly(
  state: OrganizeState,
  id: string,
  { phase, after }: RunningPhase,
  error: unknown,
): Promise<void> {
  if (isServiceClosed(error) && phase !== 'planning') return;
  const job = state.jobs.get(id);
  const lines = await state.store.log(id).read();
  await changeRun(state, id, {
    phase: after,
    ending: {
      status: job?.status === 'cancelled' ? 'cancelled' : 'failed',
      error: job?.error ?? 'internal error',
    },
    ...(phase === 'moving' ? { result: resultOf(lines) } : {}),
    ...(phase === 'undoing' ? { undo: undoneIn(lines) } : {}),
  });
}

/** Begins a phase; one that could not be begun leaves the record as it was. */
export async function beginOrTakeBack(
  { store }: OrganizeState,
  record: OrganizeRecord,
  begin: () => void,
): Promise<void> {
  try {
    begin();
  } catch (error) {
    await store.save(record);
    throw error;
  }
}
