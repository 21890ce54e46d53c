import { copyFile, mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

import type { Life } from '../life.ts';
import { drawText, writePicture } from '../made-pictures.ts';
import type { Picture } from '../truth.ts';
import type { Deed } from './deed.ts';

/** Pictures whose content no other file had: of equal ones nobody can tell which moved. */
const withoutTwins = (life: Life): Picture[] => life.truth.here().filter(({ hasTwin }) => !hasTwin);

/** Images of today, as a generator writes them. */
export async function generate(life: Life): Promise<boolean> {
  const count = life.draw.whole(Math.ceil(life.picturesPerDay / 2), Math.ceil(life.picturesPerDay * 1.5));
  const places = [life.camera, ...(life.takenAway.has(life.drive) ? [] : [life.drive])];
  const folder = path.join(life.draw.chance(0.8) ? life.camera : life.draw.one(places), life.newName('day'));
  await writeSome(life, { folder, count, daysAgo: 0 });
  return true;
}

async function copyOldIn(life: Life): Promise<boolean> {
  const count = life.draw.whole(1, life.picturesPerDay);
  const folder = path.join(life.camera, life.newName('old'));
  await writeSome(life, { folder, count, daysAgo: life.draw.whole(1, 1500) });
  return true;
}

async function writeSome(
  life: Life,
  { folder, count, daysAgo }: { folder: string; count: number; daysAgo: number },
): Promise<void> {
  for (let made = 0; made < count; made += 1) {
    const file = path.join(folder, `${life.newName('image')}.png`);
    await writePicture(file, drawText(life.draw), life.moment(daysAgo), life.draw);
    life.truth.add(file);
  }
}

async function renameOutside(life: Life): Promise<boolean> {
  for (const picture of life.some(4, withoutTwins(life))) {
    const next = path.join(path.dirname(picture.path), `${life.newName('outside')}.png`);
    await rename(picture.path, next);
    picture.path = next;
  }
  return true;
}

async function moveOutside(life: Life): Promise<boolean> {
  const folder = path.join(life.camera, 'elsewhere');
  await mkdir(folder, { recursive: true });
  for (const picture of life.some(4, withoutTwins(life))) {
    const next = path.join(folder, `${life.newName('moved')}.png`);
    await rename(picture.path, next);
    picture.path = next;
  }
  return true;
}

async function renameFolderOutside(life: Life): Promise<boolean> {
  const folder = ownFolder(life);
  if (folder === undefined) return false;
  const next = path.join(path.dirname(folder), life.newName('folder'));
  const pictures = life.truth.below(folder);
  await rename(folder, next);
  for (const picture of pictures) picture.path = next + picture.path.slice(folder.length);
  return true;
}

async function touch(life: Life): Promise<boolean> {
  for (const { path: file } of life.some(4)) {
    const modified = life.moment(life.draw.whole(0, 400)) / 1000;
    await utimes(file, modified, modified);
  }
  return true;
}

async function regenerate(life: Life): Promise<boolean> {
  // A text that its owner wrote stays (decision 180).
  for (const { path: file } of life.some(2, withoutTwins(life))) {
    await writePicture(file, drawText(life.draw), life.moment(), life.draw);
  }
  return true;
}

async function copyOutside(life: Life): Promise<boolean> {
  for (const picture of life.some(3, withoutTwins(life))) {
    const next = path.join(life.camera, 'backup', `${life.newName('copy')}.png`);
    await mkdir(path.dirname(next), { recursive: true });
    await copyFile(picture.path, next);
    // Dates go along with most tools.
    const { mtime } = await stat(picture.path);
    await utimes(next, mtime, mtime);
    picture.hasTwin = true;
    life.truth.add(next, { hasTwin: true });
  }
  return true;
}

async function removeOutside(life: Life): Promise<boolean> {
  for (const picture of life.some(2, withoutTwins(life))) {
    await rm(picture.path);
    life.truth.pictures.delete(picture);
  }
  return true;
}

/** Days that a folder stays away at most. */
const longestAbsence = 12;

async function takeAway(life: Life): Promise<boolean> {
  const [folder] = life.draw.chance(0.4) ? [life.drive] : [ownFolder(life)];
  if (folder === undefined || life.takenAway.size > 0 || life.removedExtraPaths.size > 0) return false;
  const pictures = life.truth.below(folder);
  if (pictures.length === 0) return false;
  const elsewhere = path.join(path.dirname(life.folder), life.newName('away'));
  await rename(folder, elsewhere);
  for (const picture of pictures) picture.where = 'away';
  life.takenAway.set(folder, elsewhere);
  return true;
}

/** Puts back what was taken away. */
export async function putBack(life: Life): Promise<boolean> {
  for (const [folder, elsewhere] of life.takenAway) {
    await rename(elsewhere, folder);
    life.takenAway.delete(folder);
    for (const picture of life.truth.pictures) {
      if (picture.where === 'away' && picture.path.startsWith(`${folder}/`)) picture.where = 'here';
    }
  }
  return true;
}

/** A folder of one day or of one import, which nothing writes into any more. */
function ownFolder(life: Life): string | undefined {
  const folders = [...new Set(withoutTwins(life).map(({ path: file }) => path.dirname(file)))].filter(
    (folder) =>
      /^(?:day|old|folder)-\d+$/.test(path.basename(folder)) &&
      life.truth.below(folder).every(({ hasTwin }) => !hasTwin),
  );
  return folders.length === 0 ? undefined : life.draw.one(folders);
}

export const outsideDeeds: Readonly<Record<string, Deed>> = {
  'copy old files in': { every: 3, run: copyOldIn },
  'rename files outside': { every: 3, run: renameOutside },
  'move files outside': { every: 4, run: moveOutside },
  'rename a folder outside': { every: 10, run: renameFolderOutside },
  'touch files': { every: 3, run: touch },
  'generate files again': { every: 5, isAlone: true, run: regenerate },
  'copy files outside': { every: 6, run: copyOutside },
  'delete files outside': { every: 6, run: removeOutside },
  'take a folder away': { every: 7, run: takeAway },
  'put folders back': { every: longestAbsence / 2, run: putBack },
};
