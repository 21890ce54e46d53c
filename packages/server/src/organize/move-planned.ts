import type { FileOperations } from '../files/file-operations.ts';
import { lookAt } from '../files/disk/disk-state.ts';
import type { FileChange } from '../files/commands/command-context.ts';
import { inBatches } from './in-batches.ts';
import type { LogLine, LogOutcome } from './organize-log-line.ts';
import type { OrganizeLog } from './organize-log.ts';
import type { OrganizeError, PlannedFile } from './organize-plan.ts';
import type { OrganizeResult } from './organize-record.ts';

export interface MoveOptions {
  readonly action: 'move' | 'copy';
  readonly files: Pick<FileOperations, 'relocate'>;
  readonly log: OrganizeLog;
  readonly signal: AbortSignal;
  readonly report: (done: number, total: number, current: string, result: OrganizeResult) => void;
}

/** Moves or copies the confirmed files that were not yet, as the log tells, and says what was done in all. */
export async function movePlanned(options: MoveOptions): Promise<OrganizeResult> {
  const { action, files, log, signal, report } = options;
  const lines = [...(await log.read())];
  const confirmed = lines.findLast((line) => line.step === 'confirmed')?.files ?? [];
  const last = lines.at(-1);
  if (last?.step === 'moving') {
    const ended = await howItEnded(last.files, action, confirmed);
    await log.append(ended);
    lines.push(ended);
  }
  const settled = new Set(
    lines.flatMap((line) =>
      line.step === 'moved'
        ? [...line.files.map(({ from }) => from), ...line.errors.map(({ src }) => src)]
        : [],
    ),
  );
  const left = confirmed.filter(({ from }) => !settled.has(from));
  const note = async (line: LogLine) => {
    await log.append(line);
    lines.push(line);
  };
  for (const batch of inBatches(left)) {
    signal.throwIfAborted();
    report(settled.size, confirmed.length, batch[0]?.from ?? '', resultOf(lines));
    const outcome = await files.relocate(
      batch.map(({ from, to, ...expected }) => ({ from, to, expected })),
      {
        action,
        onConflict: 'rename',
        willMake: (folders) => note({ step: 'making', folders }),
        willDo: (changes) => note({ step: 'moving', files: changes }),
      },
    );
    await note({ step: 'moved', files: outcome.files, errors: outcome.failures.map(errorOf) });
    for (const { from } of batch) settled.add(from);
  }
  const result = resultOf(lines);
  report(confirmed.length, confirmed.length, '', result);
  return result;
}

/** What a log says was done. */
export function resultOf(lines: readonly LogLine[]): OrganizeResult {
  const moved = lines.filter((line): line is LogOutcome => line.step === 'moved');
  return {
    movedCount: moved.reduce((count, { files }) => count + files.length, 0),
    createdFolders: [...new Set(lines.flatMap((line) => (line.step === 'making' ? line.folders : [])))],
    errors: moved.flatMap(({ errors }) => errors),
  };
}

export function errorOf({ from, to, error }: { from: string; to: string; error: string }): OrganizeError {
  return { src: from, ...(to === from ? {} : { dest: to }), error };
}

/** What became of files that a process was at when it ended, after the journal was followed. */
async function howItEnded(
  changes: readonly FileChange[],
  action: 'move' | 'copy',
  confirmed: readonly PlannedFile[],
): Promise<LogOutcome> {
  const expected = new Map(confirmed.map((file) => [file.from, file]));
  const files: FileChange[] = [];
  for (const change of changes) {
    const [source, target] = await Promise.all([lookAt(change.from), lookAt(change.to)]);
    const { bytes, modifiedMs } = expected.get(change.from) ?? {};
    const isOurs = target?.size === bytes && Math.abs((target?.mtimeMs ?? 0) - (modifiedMs ?? 0)) < 2000;
    if (target !== undefined && (action === 'copy' ? isOurs : source === undefined)) files.push(change);
  }
  return { step: 'moved', files, errors: [] };
}
