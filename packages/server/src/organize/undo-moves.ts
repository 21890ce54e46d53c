import { lookAt } from '../files/disk/disk-state.ts';
import type { FileChange } from '../files/commands/command-context.ts';
import type { FileOperations } from '../files/file-operations.ts';
import { Refusal } from '../ports/refusal.ts';
import { inBatches } from './in-batches.ts';
import type { LogLine } from './organize-log-line.ts';
import type { OrganizeLog } from './organize-log.ts';
import type { OrganizeError, PlannedFile } from './organize-plan.ts';

export interface UndoOptions {
  readonly action: 'move' | 'copy';
  readonly files: Pick<FileOperations, 'relocate' | 'trash' | 'removeEmptied'>;
  readonly log: OrganizeLog;
  readonly signal: AbortSignal;
  readonly report: (done: number, total: number, current: string) => void;
}

export interface UndoOutcome {
  /** In all, also by an undo before. */
  readonly restoredCount: number;
  readonly errors: readonly OrganizeError[];
}

/** Brings back what was moved, or puts copies into the trash, and removes folders that were made and are empty. */
export async function undoMoves({ action, files, log, signal, report }: UndoOptions): Promise<UndoOutcome> {
  const lines = await log.read();
  const left = leftToUndo(lines);
  const total = movedIn(lines).length;
  let restored = total - left.length;
  const errors: OrganizeError[] = [];
  const expected = new Map(
    lines.flatMap((line) => (line.step === 'confirmed' ? line.files : [])).map((file) => [file.from, file]),
  );
  const undoBatch = action === 'move' ? moveBack : trashCopies;
  // The last that came is the first to go, so that names are free as they were.
  for (const batch of inBatches(left.reverse().map((change) => withBytes(change, expected)))) {
    signal.throwIfAborted();
    report(restored, total, batch[0]?.to ?? '');
    const outcome = await undoBatch(batch, files, expected);
    await log.append({ step: 'undone', ...outcome });
    restored += outcome.files.length;
    errors.push(...outcome.errors);
  }
  const made = lines.flatMap((line) => (line.step === 'making' ? line.folders : []));
  await files.removeEmptied([...new Set(made)].sort((a, b) => b.length - a.length));
  report(restored, total, '');
  return { restoredCount: restored, errors };
}

/** What was moved and not brought back. */
export function leftToUndo(lines: readonly LogLine[]): FileChange[] {
  const undone = new Set(
    lines.flatMap((line) => (line.step === 'undone' ? line.files.map(({ to }) => to) : [])),
  );
  return movedIn(lines).filter(({ to }) => !undone.has(to));
}

/** What the log says of an undo. */
export function undoneIn(lines: readonly LogLine[]): UndoOutcome {
  const restoredCount = movedIn(lines).length - leftToUndo(lines).length;
  return { restoredCount, errors: lines.flatMap((line) => (line.step === 'undone' ? line.errors : [])) };
}

function movedIn(lines: readonly LogLine[]): FileChange[] {
  return lines.flatMap((line) => (line.step === 'moved' ? line.files : []));
}

interface BatchOutcome {
  readonly files: readonly FileChange[];
  readonly errors: readonly OrganizeError[];
}

async function moveBack(batch: readonly FileChange[], files: UndoOptions['files']): Promise<BatchOutcome> {
  const back: FileChange[] = [];
  const moves: FileChange[] = [];
  for (const change of batch) {
    const [source, target] = await Promise.all([lookAt(change.from), lookAt(change.to)]);
    // An undo that was cut off, or somebody by hand, has brought it back.
    if (target === undefined && source !== undefined) back.push(change);
    else moves.push(change);
  }
  const outcome = await files.relocate(
    moves.map(({ from, to }) => ({ from: to, to: from })),
    { action: 'move', onConflict: 'error' },
  );
  return {
    files: [...back, ...outcome.files.map(({ from, to }) => ({ from: to, to: from }))],
    errors: outcome.failures.map(({ from, to, error }) => ({ src: from, dest: to, error })),
  };
}

async function trashCopies(
  batch: readonly FileChange[],
  files: UndoOptions['files'],
  expected: ReadonlyMap<string, PlannedFile>,
): Promise<BatchOutcome> {
  const gone: FileChange[] = [];
  const copies: FileChange[] = [];
  const errors: OrganizeError[] = [];
  for (const change of batch) {
    const stats = await lookAt(change.to);
    if (stats === undefined) gone.push(change);
    else if (stats.size === expected.get(change.from)?.bytes) copies.push(change);
    else
      errors.push({ src: change.to, error: `${JSON.stringify(change.to)} was changed since it was copied` });
  }
  try {
    if (copies.length > 0) await files.trash(copies.map(({ to }) => to));
    gone.push(...copies);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    errors.push(...copies.map(({ to }) => ({ src: to, error: error.message })));
  }
  return { files: gone, errors };
}

function withBytes(
  change: FileChange,
  expected: ReadonlyMap<string, PlannedFile>,
): FileChange & { readonly bytes: number } {
  return { ...change, bytes: expected.get(change.from)?.bytes ?? 0 };
}
