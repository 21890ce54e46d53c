import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { errorCode } from '../ports/error-code.ts';
import { syncToDisk } from '../files/disk/disk-state.ts';
import { publishStep } from '../files/disk/operation-steps.ts';
import { createWriteLock } from '../files/execute/write-lock.ts';
import type { Logger } from '../ports/logger.ts';
import { jobTime } from '../jobs/job-state.ts';
import { organizeLog, type OrganizeLog } from './organize-log.ts';
import type { OrganizePlan } from './organize-plan.ts';
import { isResting, type OrganizeRecord } from './organize-record.ts';
import { parseOrganizePlan, parseOrganizeRecord } from './stored-run.ts';

/** How many runs are remembered, and for how long in seconds; those that are being moved stay. */
export const MAX_RUNS = 100;
export const MAX_RUN_AGE = 365 * 24 * 3600;

/** A folder for each run: `record.json`, `plan.json`, and `log.jsonl` with what was done to files. */
export interface OrganizeStore {
  all(): readonly OrganizeRecord[];
  get(id: string): OrganizeRecord | undefined;
  save(record: OrganizeRecord): Promise<void>;
  plan(id: string): Promise<OrganizePlan | undefined>;
  savePlan(id: string, plan: OrganizePlan): Promise<void>;
  log(id: string): OrganizeLog;
  remove(id: string): Promise<void>;
  /** Forgets old runs, but for those that something is being done to. */
  tidy(isInUse?: (id: string) => boolean): Promise<void>;
}

const isId = /^[0-9a-f-]{36}$/;

/** Runs whose record cannot be read are left where they are, and named in the log. */
export async function openOrganizeStore(folder: string, log: Pick<Logger, 'warn'>): Promise<OrganizeStore> {
  const records = new Map<string, OrganizeRecord>();
  const read = <T>(file: string, parse: (json: string) => T | undefined) => readStored(file, parse, log);
  for (const id of await namesIn(folder)) {
    const record = await read(path.join(folder, id, 'record.json'), parseOrganizeRecord);
    if (record?.id === id) records.set(id, record);
  }
  const file = (id: string, name: string) => path.join(folder, id, name);
  const lock = createWriteLock();
  let latest: { readonly id: string; readonly plan: OrganizePlan } | undefined;

  async function remove(id: string): Promise<void> {
    records.delete(id);
    if (latest?.id === id) latest = undefined;
    await lock.run(() => rm(path.join(folder, id), { recursive: true, force: true }));
  }

  return {
    all: () => [...records.values()],
    get: (id) => records.get(id),
    async save(record) {
      records.set(record.id, record);
      await lock.run(() => writeWhole(file(record.id, 'record.json'), record));
      publishStep('organize-saved', record.phase);
    },
    async plan(id) {
      // One is asked for again and again while somebody looks at it.
      if (latest?.id === id) return latest.plan;
      const plan = await read(file(id, 'plan.json'), parseOrganizePlan);
      if (plan !== undefined) latest = { id, plan };
      return plan;
    },
    async savePlan(id, plan) {
      await writeWhole(file(id, 'plan.json'), plan);
      latest = { id, plan };
    },
    remove,
    log(id) {
      const name = file(id, 'log.jsonl');
      return organizeLog(name, (lines) =>
        log.warn(
          { file: name, lines },
          'lines of what an organize run did cannot be read and are passed over',
        ),
      );
    },
    async tidy(isInUse = () => false) {
      const oldest = jobTime() - MAX_RUN_AGE;
      const resting = [...records.values()].filter(isResting).sort((a, b) => b.updatedTime - a.updatedTime);
      const gone = resting.filter((record, position) => position >= MAX_RUNS || record.updatedTime < oldest);
      for (const { id } of gone) if (!isInUse(id)) await remove(id);
    },
  };
}

/** The file is as it was or as it is to be, whenever the process ends. */
async function writeWhole(file: string, value: object): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const growing = `${file}.part`;
  const handle = await open(growing, 'w');
  try {
    await handle.writeFile(JSON.stringify(value));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(growing, file);
  await syncToDisk(path.dirname(file));
}

/** Undefined where there is none, or none that can be read. */
async function readStored<T>(
  file: string,
  parse: (json: string) => T | undefined,
  log: Pick<Logger, 'warn'>,
): Promise<T | undefined> {
  let cause: unknown;
  try {
    const parsed = parse(await readFile(file, 'utf8'));
    if (parsed !== undefined) return parsed;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    cause = error;
  }
  log.warn({ file, err: cause }, 'what is stored of an organize run cannot be read and is left alone');
  return undefined;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => isId.test(name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
