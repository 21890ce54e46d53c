import type { Command } from 'commander';

import type { Job } from '@iib-kit/contract';

import type { Client } from '../../client.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { jobLabel } from '../job-label.ts';
import { printable, printableJson } from '../printable.ts';
import { progressBar } from '../progress-bar.ts';
import type { Run } from '../run.ts';
import { addServerOptions, connect, type ServerOptions } from '../server-options.ts';
import type { Terminal } from '../terminal.ts';

interface UpdateOptions extends ServerOptions {
  readonly rebuild?: boolean;
}

/** What was asked of the server. */
interface Asked {
  readonly rebuild: boolean;
  /** Ids of the jobs that there were before it was asked for. */
  readonly before: ReadonlySet<string>;
}

/** How often is asked whether the run has begun, in milliseconds. */
const POLL = 100;

/** How long cancelling may take, in milliseconds. */
const MAX_FAREWELL = 15_000;

/** How often is looked for a run that was asked for just before Ctrl+C. */
const FAREWELL_LOOKS = 10;

export function indexCommand(command: Command, run: Run): void {
  command.description('Bring the index of the server up to date, or tell of it.');
  addServerOptions(
    command
      .command('update')
      .description('Read what is new or changed in the library. Ctrl+C stops it; what was read stays.')
      .option('--rebuild', 'read every file again'),
    'print one JSON object: the job with its result',
  ).action((options: UpdateOptions) => run((terminal) => update(terminal, options)));
  addServerOptions(
    command.command('status').description('How many images are indexed, and which folders changed since.'),
    'print one JSON object',
  ).action((options: ServerOptions) => run((terminal) => status(terminal, options)));
}

async function update(terminal: Terminal, { rebuild = false, ...options }: UpdateOptions): Promise<ExitCode> {
  const client = connect(terminal, options);
  const { jobs } = await client.jobs.list({ kind: 'index' });
  const asked: Asked = { rebuild, before: new Set(jobs.map((job) => job.job_id)) };
  const running = rebuild ? client.search.rebuildIndex() : client.search.updateIndex();
  const over = running.then(
    () => true,
    () => true,
  );
  let id: string | undefined;
  const bar = progressBar(terminal.parts.stderr);
  try {
    id = await runOf(client, asked, over);
    if (id !== undefined) {
      for await (const job of client.jobs.follow(id)) bar.show({ part: job.progress, label: jobLabel(job) });
    }
    await running;
  } catch (error) {
    await running.catch(() => undefined);
    if (terminal.parts.signal.aborted) await cancelQuietly(terminal, options, asked, id);
    throw error;
  } finally {
    bar.finish();
  }
  const { job_id: jobId } = await latest(client, id);
  const job = await client.jobs.status({ job_id: jobId });
  if (options.json === true) await terminal.line(printableJson(job));
  else await terminal.line(summary(job.result));
  return exitCodes.done;
}

/** The job that does the work: one that runs already is joined. */
async function runOf(client: Client, asked: Asked, over: Promise<boolean>): Promise<string | undefined> {
  for (;;) {
    const own = await findRun(client, asked);
    if (own !== undefined) return own;
    if (await Promise.race([over, later()])) return undefined;
  }
}

async function findRun(client: Client, { rebuild, before }: Asked): Promise<string | undefined> {
  const { jobs } = await client.jobs.list({ kind: 'index' });
  return jobs.find(
    (job) =>
      job.progress_detail['reread'] === rebuild &&
      (!before.has(job.job_id) || job.status === 'running' || job.status === 'queued'),
  )?.job_id;
}

function later(): Promise<false> {
  return new Promise((resolve) => void setTimeout(resolve, POLL, false));
}

async function latest(client: Client, id: string | undefined): Promise<Pick<Job, 'job_id'>> {
  if (id !== undefined) return { job_id: id };
  const [job] = (await client.jobs.list({ kind: 'index' })).jobs;
  if (job === undefined)
    throw new Error('the index is up to date, but the server tells nothing of how it became so');
  return job;
}

/**
 * With a client of its own: the other is closed by what stops the program. The server goes on with what was asked of
 * it also when nobody waits for the answer, so a run whose id is not known yet is looked for.
 */
async function cancelQuietly(
  terminal: Terminal,
  options: ServerOptions,
  asked: Asked,
  known: string | undefined,
): Promise<void> {
  const open = { ...terminal.parts, signal: AbortSignal.timeout(MAX_FAREWELL) };
  const client = connect({ parts: open } as Terminal, options);
  try {
    let id = known;
    for (let look = 0; id === undefined && look < FAREWELL_LOOKS; look += 1) {
      id = await findRun(client, asked);
      if (id === undefined) await later();
    }
    if (id !== undefined) await client.jobs.cancel({ job_id: id });
  } catch {
    // The server is gone, or takes too long: there is nothing that could be stopped from here.
  }
  terminal.note('stopped; what was read stays');
}

function summary(result: unknown): string {
  const { added, changed, removed, failed_count: failed } = result as Readonly<Record<string, unknown>>;
  const count = (value: unknown) => Number(value ?? 0).toLocaleString('en');
  return `index up to date: ${count(added)} added, ${count(changed)} changed, ${count(removed)} removed, ${count(failed)} unreadable`;
}

async function status(terminal: Terminal, options: ServerOptions): Promise<ExitCode> {
  const client = connect(terminal, options);
  const [info, { jobs }] = await Promise.all([
    client.search.basicInfo(),
    client.jobs.list({ kind: 'index', status: 'running' }),
  ]);
  const { img_count: images, expired_dirs: changed, unavailable } = info;
  if (options.json === true) {
    await terminal.line(
      printableJson({ images, changed_folders: changed, unavailable_folders: unavailable, running: jobs }),
    );
    return exitCodes.done;
  }
  await terminal.line(`${images.toLocaleString('en')} images`);
  for (const folder of changed) await terminal.line(`changed: ${printable(folder)}`);
  for (const folder of unavailable) await terminal.line(`not there now: ${printable(folder)}`);
  for (const job of jobs) await terminal.line(`running: ${printable(job.job_id)} ${jobLabel(job)}`);
  return exitCodes.done;
}
