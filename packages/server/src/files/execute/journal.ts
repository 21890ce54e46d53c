import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { errorCode } from '../../ports/error-code.ts';
import { syncToDisk, type FileIdentity } from '../disk/disk-state.ts';
import { isOtherAndRunning, isThisProcess, thisProcess, type JournalOwner } from './journal-owner.ts';
import { publishStep } from '../disk/operation-steps.ts';
import { partPath } from '../disk/own-names.ts';
import { putAside } from '../disk/put-aside.ts';
import { type JournalEntry, type JournalRecord, parseNote, parseRecord } from './journal-record.ts';
import type { EntryGroup, OperationPlan } from './operation-plan.ts';

/** The record of what is being done now. */
export interface OpenRecord {
  readonly record: JournalRecord;
  /** Writes down that a complete copy is about to be given its name, after which its source may go. */
  notePlacing(part: string, identity: FileIdentity): Promise<void>;
  /** Everything is done, the index told. */
  clear(): Promise<void>;
}

/** A record that a process left behind when it ended. */
export interface AbandonedRecord {
  readonly record: JournalRecord;
  /** Unix milliseconds. */
  readonly time: number;
  /** The copies about to be given their names, by their `part`. */
  readonly placing: ReadonlyMap<string, FileIdentity>;
  notePlacing(part: string, identity: FileIdentity): Promise<void>;
  clear(): Promise<void>;
}

/** What processes left behind when they ended. */
export interface AbandonedRecords {
  readonly records: readonly AbandonedRecord[];
  /** Files that are no records, where they are now: put aside. */
  readonly damaged: readonly string[];
}

/** Remembers across a sudden end what was being done to files: a file of JSON lines for each operation. */
export interface Journal {
  begin(plan: OperationPlan): Promise<OpenRecord>;
  abandoned(): Promise<AbandonedRecords>;
}

/** Time, process and its start in the name: also a record that was cut off while it was written has them. */
const recordName = /^(\d+)-(\d+)-(\d+)-[0-9a-f]{16}\.jsonl$/;

/** Those of this process that are not abandoned. */
const openRecords = new Set<string>();

export function createJournal(folder: string): Journal {
  return {
    begin: (plan) => beginRecord(folder, plan),
    async abandoned() {
      const records: AbandonedRecord[] = [];
      const damaged: string[] = [];
      for (const name of (await namesIn(folder)).sort()) {
        const file = path.join(folder, name);
        const match = recordName.exec(name);
        if (match === null || isInUse(file, { pid: Number(match[2]), started: match[3] ?? '0' })) continue;
        const record = await readRecord(file, Number(match[1])).catch(() => 'damaged' as const);
        if (record === undefined) await rm(file, { force: true });
        else if (record === 'damaged') damaged.push(await putAside(file).catch(() => file));
        else records.push(record);
      }
      return { records, damaged };
    },
  };
}

async function beginRecord(folder: string, plan: OperationPlan): Promise<OpenRecord> {
  const id = randomBytes(8).toString('hex');
  const { pid, started } = thisProcess;
  const file = path.join(folder, `${Date.now()}-${pid}-${started}-${id}.jsonl`);
  const record: JournalRecord = { ...plan, version: 1, groups: withParts(plan.groups, id) };
  await mkdir(folder, { recursive: true });
  openRecords.add(file);
  try {
    await writeDown(file, record);
  } catch (error) {
    openRecords.delete(file);
    throw error;
  }
  publishStep('journal-written', file);
  return {
    record,
    async notePlacing(part, { dev, ino }) {
      await append(file, { part, dev, ino });
      publishStep('journal-noted', part);
    },
    async clear() {
      await rm(file, { force: true });
      openRecords.delete(file);
      publishStep('journal-cleared', file);
    },
  };
}

function withParts(groups: OperationPlan['groups'], id: string): readonly EntryGroup<JournalEntry>[] {
  let position = 0;
  const withPart = (entry: EntryGroup[0]): JournalEntry => ({
    ...entry,
    part: partPath(entry.to, id, position++),
  });
  return groups.map(([main, ...sidecars]) => [withPart(main), ...sidecars.map(withPart)]);
}

async function writeDown(file: string, record: JournalRecord): Promise<void> {
  await append(file, record);
  await syncToDisk(path.dirname(file));
}

async function append(file: string, line: object): Promise<void> {
  const handle = await open(file, 'a');
  try {
    await handle.writeFile(`${JSON.stringify(line)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isInUse(file: string, owner: JournalOwner): boolean {
  return isThisProcess(owner) ? openRecords.has(file) : isOtherAndRunning(owner);
}

/** Undefined for a record that was not complete: nothing had been done yet. */
async function readRecord(file: string, time: number): Promise<AbandonedRecord | 'damaged' | undefined> {
  // A line without its end was being written when the process ended.
  const [first, ...notes] = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  if (first === undefined) return undefined;
  const record = parseRecord(first);
  if (record === undefined) return 'damaged';
  // Without its note a copy is not taken for complete, and its source stays.
  const placing = notes.flatMap((line) => parseNote(line) ?? []);
  return {
    record,
    time,
    placing: new Map(placing.map(({ part, dev, ino }) => [part, { dev, ino }])),
    notePlacing: (part, { dev, ino }) => append(file, { part, dev, ino }),
    clear: () => rm(file, { force: true }),
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
