import { Argument, Option, type Command } from 'commander';

import type { OrganizePreview, OrganizeStatus } from '@iib-kit/contract';

import type { RunOptions } from '../../jobs/run-job.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { jobLabel } from '../job-label.ts';
import { printable, printableJson } from '../printable.ts';
import { progressBar } from '../progress-bar.ts';
import type { Run } from '../run.ts';
import { addServerOptions, connect, wholeNumber, type ServerOptions } from '../server-options.ts';
import { serverPath } from '../server-path.ts';
import { writeTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const namings = ['title', 'keywords', 'id'] as const;
const noises = ['unsorted', 'leave', 'skip'] as const;

interface PreviewOptions extends ServerOptions {
  readonly dest?: string;
  readonly threshold?: number;
  readonly minSize?: number;
  readonly recursive?: boolean;
  readonly naming?: (typeof namings)[number];
  readonly noise?: (typeof noises)[number];
  readonly copy?: boolean;
}

interface ChangeOptions extends ServerOptions {
  readonly yes?: boolean;
}

export function organizeCommand(command: Command, run: Run): void {
  command.description('Sort images into folders by what they show.');
  const job = () => new Argument('<job>', 'id printed by the preview');
  addServerOptions(
    command
      .command('preview')
      .description('Plan which image goes into which folder; nothing is moved.')
      .addArgument(new Argument('<folder...>', 'folders whose images are sorted'))
      .option('--dest <folder>', 'where to create the folders (default: the first folder)')
      .option('--threshold <share>', 'minimum similarity of prompts, 0 to 1 (default 0.9)', share)
      .option(
        '--min-size <count>',
        'minimum number of images per folder (default 2)',
        wholeNumber('--min-size', { min: 1, max: 10_000 }),
      )
      .option('--recursive', 'include subfolders')
      .addOption(new Option('--naming <by>', 'how to name the folders (default title)').choices(namings))
      .addOption(
        new Option('--noise <what>', 'what to do with images that fit no group (default unsorted)').choices(
          noises,
        ),
      )
      .option('--copy', 'copy instead of moving'),
    'print one JSON object: the plan',
  ).action((folders: string[], options: PreviewOptions) =>
    run((terminal) => preview(terminal, folders, options)),
  );
  addServerOptions(
    command
      .command('confirm')
      .description('Execute the plan. Ctrl+C stops it; files that were moved stay moved.')
      .addArgument(job())
      .option('--yes', 'do not ask for confirmation'),
    'print one JSON object: what was done',
  ).action((id: string, options: ChangeOptions) => run((terminal) => executePlan(terminal, id, options)));
  addServerOptions(
    command
      .command('undo')
      .description('Move the files back to where they were.')
      .addArgument(job())
      .option('--yes', 'do not ask for confirmation'),
    'print one JSON object: what was done',
  ).action((id: string, options: ChangeOptions) => run((terminal) => undo(terminal, id, options)));
}

function share(given: string): number {
  const value = Number(given);
  if (/^\d(?:\.\d+)?$/.test(given) && value <= 1) return value;
  throw new UsageError(`--threshold must be a number from 0 to 1, not ${JSON.stringify(given)}`);
}

async function preview(
  terminal: Terminal,
  folders: readonly string[],
  options: PreviewOptions,
): Promise<ExitCode> {
  const client = connect(terminal, options);
  const input = {
    folder_paths: folders.map(serverPath),
    ...(options.dest === undefined ? {} : { dest_folder: serverPath(options.dest) }),
    ...(options.threshold === undefined ? {} : { threshold: options.threshold }),
    ...(options.minSize === undefined ? {} : { min_cluster_size: options.minSize }),
    recursive: options.recursive === true,
    ...(options.naming === undefined ? {} : { folder_naming: options.naming }),
    ...(options.noise === undefined ? {} : { handle_noise: options.noise }),
    action: options.copy === true ? ('copy' as const) : ('move' as const),
  };
  const plan = await withProgress(terminal, (onProgress) =>
    client.jobs.run(client.organize.start, input, { onProgress }),
  );
  if (options.json === true) await terminal.line(printableJson(plan));
  else await showPlan(terminal, plan, input.action);
  return plan.total_files === 0 ? exitCodes.nothingFound : exitCodes.done;
}

async function showPlan(terminal: Terminal, plan: OrganizePreview, action: 'move' | 'copy'): Promise<void> {
  const rows = [...plan.clusters, plan.noise].filter(({ size }) => size > 0);
  if (terminal.isForPeople) {
    await writeTable(terminal, rows, [
      { title: 'FILES', text: ({ size }) => size.toLocaleString('en'), align: 'right' },
      { title: 'FOLDER', text: (row) => folderOf(row) },
      {
        title: 'SUCH AS',
        text: ({ file_mappings: files }) => printable(files[0]?.src_path ?? ''),
        keep: 'end',
      },
    ]);
  } else for (const row of rows) await terminal.line([row.size, folderOf(row)].join('\t'));
  for (const { src, error } of plan.errors) terminal.note(`iibctl: ${printable(src)}: ${printable(error)}`);
  if (plan.total_files === 0) terminal.note('nothing to sort');
  else {
    terminal.note(
      `${plan.total_files.toLocaleString('en')} files would be ${action === 'move' ? 'moved' : 'copied'} below ${printable(plan.dest_folder)}: iibctl organize confirm ${plan.job_id}`,
    );
  }
}

/** Files that stay where they are have no folder to go to. */
function folderOf({ suggested_folder_name: name }: { suggested_folder_name: string }): string {
  return name === '' ? '(stays)' : printable(name);
}

async function executePlan(terminal: Terminal, id: string, options: ChangeOptions): Promise<ExitCode> {
  const client = connect(terminal, options);
  const { preview: plan, req } = await client.organize.status({ job_id: id });
  const what = `${req.action === 'move' ? 'Move' : 'Copy'} ${(plan?.total_files ?? 0).toLocaleString('en')} files below ${printable(req.dest_folder)}?`;
  if (!(await confirm(terminal, what, options.yes === true))) return nothingDone(terminal);
  return finish(terminal, id, options, (onProgress) =>
    client.jobs.run(client.organize.confirm, { job_id: id }, { onProgress }),
  );
}

async function undo(terminal: Terminal, id: string, options: ChangeOptions): Promise<ExitCode> {
  const client = connect(terminal, options);
  const { result } = await client.organize.status({ job_id: id });
  const what = `Move ${(result?.moved_count ?? 0).toLocaleString('en')} files back?`;
  if (!(await confirm(terminal, what, options.yes === true))) return nothingDone(terminal);
  return finish(terminal, id, options, (onProgress) =>
    client.jobs.run(client.organize.undo, { job_id: id }, { onProgress }),
  );
}

function nothingDone(terminal: Terminal): ExitCode {
  terminal.note('nothing was changed');
  return exitCodes.nothingFound;
}

async function finish(
  terminal: Terminal,
  id: string,
  options: ServerOptions,
  work: (onProgress: OnProgress) => Promise<OrganizeResult>,
): Promise<ExitCode> {
  const result = await withProgress(terminal, work);
  const errors = result.undo?.errors ?? result.errors;
  if (options.json === true) await terminal.line(printableJson(result));
  else {
    for (const { src, error } of errors) terminal.note(`iibctl: ${printable(src)}: ${printable(error)}`);
    const { undo: undone, moved_count: moved, created_folders: made } = result;
    await terminal.line(
      undone === null
        ? `${moved.toLocaleString('en')} files sorted into folders, ${made.length.toLocaleString('en')} of them new; undo: iibctl organize undo ${id}`
        : `${undone.restored_count.toLocaleString('en')} files moved back`,
    );
  }
  return errors.length === 0 ? exitCodes.done : exitCodes.failed;
}

type OnProgress = NonNullable<RunOptions['onProgress']>;
type OrganizeResult = NonNullable<OrganizeStatus['result']>;

async function withProgress<T>(terminal: Terminal, work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  const bar = progressBar(terminal.parts.stderr);
  try {
    return await work((job) => bar.show({ part: job.progress, label: jobLabel(job) }));
  } finally {
    bar.finish();
  }
}
