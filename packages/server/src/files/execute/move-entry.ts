import { rename } from 'node:fs/promises';

import { type Confinement, removeTree } from '@iib-kit/files';

import { errorCode } from '../../ports/error-code.ts';
import { Refusal } from '../../ports/refusal.ts';
import { copyTree } from '../disk/copy-tree.ts';
import { lookAt, syncToDisk } from '../disk/disk-state.ts';
import { at, type HeldPlace, withPlaces } from '../disk/held-place.ts';
import type { OpenRecord } from './journal.ts';
import type { JournalEntry } from './journal-record.ts';
import { publishStep } from '../disk/operation-steps.ts';
import { oneEntry } from '../disk/one-entry.ts';
import { place, placeUnlisted, removeOrTakeBack } from '../disk/place-file.ts';
import { removeCopied } from '../disk/remove-copied.ts';

/** Moves a file, link or folder, also to another drive. Throws `EEXIST` where something is. */
export async function moveEntry(
  { from, to, part }: JournalEntry,
  record: Pick<OpenRecord, 'notePlacing'>,
  within: Confinement | undefined,
): Promise<void> {
  await withPlaces([from, to, part], within, async (source, target, growing) => {
    if ((await oneEntry(from, to)) !== undefined) {
      await respell(source, target, growing, record);
      return;
    }
    try {
      await place(source, target);
    } catch (error) {
      if (errorCode(error) !== 'EXDEV') throw error;
      await moveToOtherDrive({ source, target, growing }, record, within);
    }
  });
  publishStep('source-removed', from);
}

/**
 * Gives an entry another spelling of its name, through a name between: for the system the two are one, which is there
 * already.
 */
async function respell(
  source: HeldPlace,
  target: HeldPlace,
  between: HeldPlace,
  record: Pick<OpenRecord, 'notePlacing'>,
): Promise<void> {
  const identity = await lookAt(at(source));
  if (identity === undefined) throw new Refusal('changed-while-moved', { path: source.path });
  await record.notePlacing(between.path, identity);
  await rename(at(source), at(between));
  publishStep('renamed', between.path);
  try {
    await placeUnlisted(between, target);
  } catch (error) {
    await rename(at(between), at(source));
    throw error;
  }
  publishStep('placed', target.path);
}

/** The source goes only when its complete copy has its name and the disk holds it. */
async function moveToOtherDrive(
  { source, target, growing }: Readonly<Record<'source' | 'target' | 'growing', HeldPlace>>,
  record: Pick<OpenRecord, 'notePlacing'>,
  within: Confinement | undefined,
): Promise<void> {
  await withPart(growing, async () => {
    await copyTree(source, growing, within);
    publishStep('copied', growing.path);
    const identity = await lookAt(at(growing));
    if (identity === undefined) throw new Refusal('changed-while-moved', { path: source.path });
    await record.notePlacing(growing.path, identity);
    await place(growing, target);
  });
  await syncToDisk(target.folder.path());
  publishStep('placed', target.path);
  const isFolder = (await lookAt(at(source)))?.isDirectory() ?? false;
  if (isFolder) await removeCopied(source, target);
  else await removeOrTakeBack(source, target);
}

/** Leaves no half copy behind when the work fails. */
export async function withPart(part: HeldPlace, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await removeTree(part.folder, part.name).catch(() => undefined);
    throw error;
  }
}
