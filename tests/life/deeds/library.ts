import { rm } from 'node:fs/promises';

import { isJobError } from '@iib-kit/client';

import type { Life } from '../life.ts';
import type { Deed } from './deed.ts';
import { putBack } from './files-outside.ts';

export async function addExtraPaths(life: Life): Promise<boolean> {
  for (const folder of [life.drive, life.archive]) {
    await life.client.extraPaths.add({ path: folder, types: ['scanned'] });
  }
  return true;
}

async function removeExtraPath(life: Life): Promise<boolean> {
  const pictures = life.truth.below(life.archive);
  if (pictures.length === 0 || life.removedExtraPaths.size > 0 || life.takenAway.size > 0) return false;
  await life.client.extraPaths.remove({ path: life.archive, types: ['scanned'] });
  life.removedExtraPaths.add(life.archive);
  for (const picture of pictures) picture.where = 'away';
  return true;
}

export async function addExtraPathBack(life: Life): Promise<boolean> {
  if (life.removedExtraPaths.size === 0) return false;
  await life.client.extraPaths.add({ path: life.archive, types: ['scanned'] });
  life.removedExtraPaths.clear();
  for (const picture of life.truth.pictures) {
    if (picture.where === 'away' && picture.path.startsWith(`${life.archive}/`)) picture.where = 'here';
  }
  return true;
}

async function organize(life: Life): Promise<boolean> {
  const [some] = life.some(1);
  if (some === undefined || life.takenAway.size > 0 || life.removedExtraPaths.size > 0) return false;
  const { jobs, organize: runs } = life.client;
  const folder = some.path.slice(0, some.path.lastIndexOf('/'));
  const plan = await jobs
    .run(runs.start, { folder_paths: [folder], min_cluster_size: 2, dest_folder: `${life.camera}/sorted` })
    .catch((error: unknown) => {
      if (isJobError(error)) life.note('organizing fails', error.message);
      return undefined;
    });
  if (plan === undefined || plan.all_mappings.length === 0) return false;
  const done = await jobs.run(runs.confirm, { job_id: plan.job_id });
  if (done.errors.length > 0) life.note('organizing leaves files behind', JSON.stringify(done.errors[0]));
  const undone = await jobs.run(runs.undo, { job_id: plan.job_id });
  if (undone.undo?.restored_count !== done.moved_count || undone.undo.errors.length > 0) {
    life.note('organizing is not undone', JSON.stringify(undone.undo));
  }
  await life.expectFound(life.truth.below(folder), 'undoing an organize run');
  return true;
}

async function lookAround(life: Life): Promise<boolean> {
  for (const { path } of life.some(4)) {
    await (await life.client.media.thumbnail({ path, size: '32x32' })).bytes();
  }
  return true;
}

async function hash(life: Life): Promise<boolean> {
  await life.client.jobs.run(life.client.search.hashImages, {});
  return true;
}

async function rebuild(life: Life): Promise<boolean> {
  await life.client.search.rebuildIndex();
  return true;
}

async function saveSearch(life: Life): Promise<boolean> {
  await life.client.search.saveSearch({ name: `search ${life.draw.whole(1, 9)}`, query: 'fox' });
  return true;
}

async function restart(life: Life): Promise<boolean> {
  await life.server.stop();
  await life.server.start(life.now);
  return true;
}

/** The clock of the machine is wrong for a start, by a year. */
async function wrongClock(life: Life): Promise<boolean> {
  const year = 365 * 86_400_000;
  await life.server.stop();
  await life.server.start(life.now + (life.draw.chance(0.5) ? year : -year));
  await life.client.search.updateIndex();
  return true;
}

async function loseThumbnails(life: Life): Promise<boolean> {
  await life.server.stop();
  await rm(life.server.cache, { recursive: true, force: true });
  await life.server.start(life.now);
  return true;
}

/** Everything is where it belongs again. */
export async function comeToRest(life: Life): Promise<void> {
  await putBack(life);
  await addExtraPathBack(life);
  await life.client.search.updateIndex();
}

export const folderDeeds: Readonly<Record<string, Deed>> = {
  'remove an extra path': { every: 10, run: removeExtraPath },
  'add it back': { every: 5, run: addExtraPathBack },
};

export const libraryDeeds: Readonly<Record<string, Deed>> = {
  'organize and undo': { every: 8, run: organize },
  'look at thumbnails': { every: 1, run: lookAround },
  'hash the library': { every: 20, run: hash },
  'rebuild the index': { every: 25, run: rebuild },
  'save a search': { every: 10, run: saveSearch },
  restart: { every: 8, run: restart },
  'start with a wrong clock': { every: 20, run: wrongClock },
  'lose the thumbnails': { every: 60, run: loseThumbnails },
};
