import { Refusal } from '../ports/refusal.ts';
import { confirmedFiles, type Confirmation } from './confirmed-files.ts';
import { movePlanned } from './move-planned.ts';
import { movingDetail } from './organize-progress.ts';
import type { OrganizeRecord } from './organize-record.ts';
import { changeRun, claiming, knownRun, settledRun, type OrganizeState } from './organize-state.ts';
import { entriesOf } from './plan-organizing.ts';
import { beginOrTakeBack, runPhase } from './run-phase.ts';

/** Begins to move what was planned. Throws a `Refusal` when no plan waits for it. */
export async function confirmRun(
  state: OrganizeState,
  id: string,
  confirmation: Confirmation,
): Promise<void> {
  const { store, owner, access } = state;
  const record = await settledRun(state, id);
  const planned = await store.plan(id);
  if (record.phase !== 'preview_ready' || planned === undefined || state.claimed.has(id)) {
    throw notReady(record);
  }
  await claiming(state, id, async () => {
    const { destFolder } = record.request;
    await access.checkSpelled(destFolder);
    const existing = await entriesOf(destFolder);
    const confirmed = confirmedFiles(planned, record.request, confirmation, existing);
    await store.log(id).append({ step: 'confirmed', files: confirmed });
    await changeRun(state, id, { phase: 'moving', owner: owner.name, confirmation });
    await beginOrTakeBack(state, record, () => moveRun(state, id));
  });
}

export function moveRun(state: OrganizeState, id: string): void {
  const { request } = knownRun(state, id);
  runPhase(state, id, { phase: 'moving', after: 'done' }, async ({ signal, report }) => {
    const result = await movePlanned({
      action: request.action,
      files: state.files,
      log: state.store.log(id),
      signal,
      report: (done, total, current, soFar) =>
        report({
          stage: 'moving',
          progress: total === 0 ? 1 : done / total,
          detail: movingDetail({ stage: 'moving', done, total, current, result: soFar }),
        }),
    });
    await changeRun(state, id, { phase: 'done', result });
    return { movedCount: result.movedCount, errors: result.errors.length };
  });
}

function notReady({ phase, ending }: OrganizeRecord): Refusal {
  const state = phase === 'planning' && ending !== undefined ? ending.status : phase;
  return new Refusal('not-awaiting-confirmation', { state });
}
