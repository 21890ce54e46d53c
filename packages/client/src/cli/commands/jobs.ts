import { Argument, Option, type Command } from 'commander';

import type { Job } from '@iib-kit/contract';
import { jobStatuses, type JobStatus } from '@iib-kit/contract/vocabulary';

import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { jobLabel } from '../job-label.ts';
import { printable, printableJson } from '../printable.ts';
import { progressBar } from '../progress-bar.ts';
import type { Run } from '../run.ts';
import { addServerOptions, connect, type ServerOptions } from '../server-options.ts';
import { writeTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface ListOptions extends ServerOptions {
  readonly kind?: string;
  readonly status?: JobStatus;
}

export function jobsCommand(command: Command, run: Run): void {
  command.description('List, follow and cancel background jobs of the server.');
  const id = () => new Argument('<job>', 'id of the job');
  addServerOptions(command.command('list').description('List jobs, newest first.'), 'print one JSON array')
    .option('--kind <kind>', 'only jobs of this kind: index, thumbnails, organize, ...')
    .addOption(new Option('--status <status>', 'only jobs with this status').choices(jobStatuses))
    .action((options: ListOptions) => run((terminal) => list(terminal, options)));
  addServerOptions(
    command
      .command('follow')
      .description('Show the progress of a job until it is over. Ctrl+C leaves it running.')
      .addArgument(id()),
    'print one JSON object per line whenever the job changes',
  ).action((job: string, options: ServerOptions) => run((terminal) => follow(terminal, job, options)));
  addServerOptions(
    command.command('cancel').description('Cancel a job; what it did so far is kept.').addArgument(id()),
  ).action((job: string, options: ServerOptions) => run((terminal) => cancel(terminal, job, options)));
}

async function list(terminal: Terminal, { kind, status, ...options }: ListOptions): Promise<ExitCode> {
  const { jobs } = await connect(terminal, options).jobs.list({
    ...(kind === undefined ? {} : { kind }),
    ...(status === undefined ? {} : { status }),
  });
  if (options.json === true) await terminal.line(printableJson(jobs));
  else if (jobs.length === 0) terminal.note('nothing found');
  else if (terminal.isForPeople) {
    await writeTable(terminal, jobs, [
      { title: 'JOB', text: ({ job_id: id }) => printable(id) },
      { title: 'KIND', text: ({ kind }) => printable(kind) },
      { title: 'STATUS', text: ({ status }) => status },
      { title: 'DONE', text: ({ progress }) => `${Math.floor(progress * 100)}%`, align: 'right' },
      { title: 'AT', text: (job) => printable(job.error ?? job.stage) },
    ]);
  } else for (const job of jobs) await terminal.line(plainLine(job));
  return jobs.length === 0 ? exitCodes.nothingFound : exitCodes.done;
}

function plainLine({ job_id: id, kind, status, progress, stage }: Job): string {
  return [id, kind, status, `${Math.floor(progress * 100)}%`, stage].map(printable).join('\t');
}

async function follow(terminal: Terminal, id: string, options: ServerOptions): Promise<ExitCode> {
  const client = connect(terminal, options);
  const bar = progressBar(terminal.parts.stderr);
  let last: Job | undefined;
  try {
    for await (const job of client.jobs.follow(id)) {
      last = job;
      if (options.json === true) await terminal.line(printableJson(job));
      else bar.show({ part: job.progress, label: jobLabel(job) });
    }
  } finally {
    bar.finish();
  }
  if (last === undefined) return exitCodes.failed;
  if (options.json !== true) await terminal.line(`${printable(last.kind)} ${last.status}${because(last)}`);
  return last.status === 'completed' ? exitCodes.done : exitCodes.failed;
}

async function cancel(terminal: Terminal, id: string, options: ServerOptions): Promise<ExitCode> {
  const job = await connect(terminal, options).jobs.cancel({ job_id: id });
  if (options.json === true) await terminal.line(printableJson(job));
  else await terminal.line(`${printable(job.kind)} ${job.status}${because(job)}`);
  return exitCodes.done;
}

function because({ error }: Job): string {
  return error === null ? '' : `: ${printable(error)}`;
}
