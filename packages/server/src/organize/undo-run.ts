import { Refusal } from '../ports/refusal.ts';
import { movingDetail } from './organize-progress.ts';
import { changeRun, claiming, knownRun, settledRun, type OrganizeState } from './organize-state.ts';
import { beginOrTakeBack, runPhase } from './run-phase.ts';
import { leftToUndo, undoMoves } from './undo-moves.ts';

/** Begins to bring back what was moved. Throws a `Refusal` when there is nothing to undo. */
export async function undoRun(state: OrganizeState, id: string): Promise<void> {
  const { store, owner } = state;
  const record = await settledRun(state, id);
  if ((record.phase !== 'done' && record.phase !== 'undone') || state.claimed.has(id)) {
    throw new Refusal('nothing-to-undo', { phase: record.phase });
  }
  await claiming(state, id, async () => {
    const left = leftToUndo(await store.log(id).read());
    if (left.length === 0) throw new Refusal('nothing-to-undo', {});
    await changeRun(state, id, { phase: 'undoing', owner: owner.name, ending: undefined });
    await beginOrTakeBack(state, record, () => bringBack(state, id));
  });
}

export function bringBack(state: OrganizeState, id: string): void {
  const { request, result } = knownRun(state, id);
  runPhase(state, id, { phase: 'undoing', after: 'undone' }, async ({ signal, report }) => {
    const outcome = await undoMoves({
      action: request.action,
      files: state.files,
      log: state.store.log(id),
      signal,
      report: (done, total, current) =>
        report({
          stage: 'undoing',
          progress: total === 0 ? 1 : done / total,
          detail: movingDetail({ stage: 'undoing', done, total, current, result }),
        }),
    });
    await changeRun(state, id, { phase: 'undone', undo: outcome });
    return { restoredCount: outcome.restoredCount, errors: outcome.errors.length };
  });
}
