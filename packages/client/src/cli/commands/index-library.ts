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

/** An update, and what distinguishes its job from earlier ones. */
interface UpdateRequest {
  readonly rebuild: boolean;
  /** Ids of the jobs before the request. */
  readonly before: ReadonlySet<string>;
}

/** Milliseconds between two polls for the job. */
const POLL = 100;

/** How long cancelling may take, in milliseconds. */
const CANCEL_TIMEOUT = 15_000;

/** Most polls for a job that was requested just before Ctrl+C. */
const CANCEL_POLLS = 10;

export function indexCommand(command: Command, run: Run): void {
  command.description('Update the index of the server, or show its status.');
  addServerOptions(
    command
      .command('update')
      .description('Index new and changed files of the library. Ctrl+C stops it; what was indexed is kept.')
      .option('--rebuild', 'index every file again'),
    'print one JSON object: the job with its result',
  ).action((options: UpdateOptions) => run((terminal) => update(terminal, options)));
  addServerOptions(
    command
      .command('status')
      .description('Show how many images are indexed, and which folders have changed since.'),
    'print one JSON object',
  ).action((options: ServerOptions) => run((terminal) => status(terminal, options)));
}

async function update(terminal: Terminal, { rebuild = false, ...options }: UpdateOptions): Promise<ExitCode> {
  const client = connect(terminal, options);
  const { jobs } = await client.jobs.list({ kind: 'index' });
  const request: UpdateRequest = { rebuild, before: new Set(jobs.map((job) => job.job_id)) };
  const running = rebuild ? client.search.rebuildIndex() : client.search.updateIndex();
  const over = running.then(
    () => true,
    () => true,
  );
  let id: string | undefined;
  const bar = progressBar(terminal.parts.stderr);
  try {
    id = await runOf(client, request, over);
    if (id !== undefined) {
      for await (const job of client.jobs.follow(id)) bar.show({ part: job.progress, label: jobLabel(job) });
    }
    await running;
  } catch (error) {
    await running.catch(() => undefined);
    if (terminal.parts.signal.aborted) await cancelQuietly(terminal, options, request, id);
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

/** The id of the job that updates the index; a running one is joined. */
async function runOf(
  client: Client,
  request: UpdateRequest,
  over: Promise<boolean>,
): Promise<string | undefined> {
  for (;;) {
    const own = await findRun(client, request);
    if (own !== undefined) return own;
    if (await Promise.race([over, later()])) return undefined;
  }
}

async function findRun(client: Client, { rebuild, before }: UpdateRequest): Promise<string | undefined> {
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
  if (job === undefined) throw new Error('the index is up to date, but the server lists no index job');
  return job;
}

/**
 * Uses a client of its own, since Ctrl+C closed the other. The server continues a request whose client is gone, so a
 * job whose id is not known yet is looked up.
 */
async function cancelQuietly(
  terminal: Terminal,
  options: ServerOptions,
  request: UpdateRequest,
  known: string | undefined,
): Promise<void> {
  const open = { ...terminal.parts, signal: AbortSignal.timeout(CANCEL_TIMEOUT) };
  const client = connect({ parts: open } as Terminal, options);
  try {
    let id = known;
    for (let poll = 0; id === undefined && poll < CANCEL_POLLS; poll += 1) {
      id = await findRun(client, request);
      if (id === undefined) await later();
    }
    if (id !== undefined) await client.jobs.cancel({ job_id: id });
  } catch {
    // The server is gone or takes too long: nothing can be stopped from here.
  }
  terminal.note('stopped; what was indexed is kept');
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
  for (const folder of unavailable) await terminal.line(`unavailable: ${printable(folder)}`);
  for (const job of jobs) await terminal.line(`running: ${printable(job.job_id)} ${jobLabel(job)}`);
  return exitCodes.done;
}
