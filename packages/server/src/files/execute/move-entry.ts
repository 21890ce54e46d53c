import { rm } from 'node:fs/promises';
import path from 'node:path';

import { errorCode } from '../../ports/error-code.ts';
import { Refusal } from '../../ports/refusal.ts';
import { copyTree } from '../disk/copy-tree.ts';
import { lookAt, syncToDisk } from '../disk/disk-state.ts';
import type { JournalEntry, OpenRecord } from './journal.ts';
import { publishStep } from '../disk/operation-steps.ts';
import { place, removeOrTakeBack } from '../disk/place-file.ts';
import { removeCopied } from '../disk/remove-copied.ts';

/** Moves a file, link or folder, also to another drive. Throws `EEXIST` where something is. */
export async function moveEntry(entry: JournalEntry, record: Pick<OpenRecord, 'notePlacing'>): Promise<void> {
  try {
    await place(entry.from, entry.to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error;
    await moveToOtherDrive(entry, record);
  }
  publishStep('source-removed', entry.from);
}

/** The source goes only when its complete copy has its name and the disk holds it. */
async function moveToOtherDrive(
  { from, to, part }: JournalEntry,
  record: Pick<OpenRecord, 'notePlacing'>,
): Promise<void> {
  await withPart(part, async () => {
    await copyTree(from, part);
    publishStep('copied', part);
    const identity = await lookAt(part);
    if (identity === undefined) throw new Refusal('changed-while-moved', { path: from });
    await record.notePlacing(part, identity);
    await place(part, to);
  });
  await syncToDisk(path.dirname(to));
  publishStep('placed', to);
  const isFolder = (await lookAt(from))?.isDirectory() ?? false;
  if (isFolder) await removeCopied(from, to);
  else await removeOrTakeBack(from, to);
}

/** Leaves no half copy behind when the work fails. */
export async function withPart(part: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}
