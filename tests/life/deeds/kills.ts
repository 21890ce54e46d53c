import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Life } from '../life.ts';
import type { Deed } from './deed.ts';
import { generate } from './files-outside.ts';

/** Kills the server somewhere in the middle of a request, and starts it again. */
async function killDuring(life: Life, request: Promise<unknown>): Promise<void> {
  // It fails, unless it was over already.
  const over = Promise.allSettled([request]);
  await setTimeout(life.draw.whole(0, 60));
  await life.server.kill();
  await over;
  await life.server.start(life.now);
}

async function killUpdate(life: Life): Promise<boolean> {
  await generate(life);
  await killDuring(life, life.client.search.updateIndex());
  return true;
}

async function killRating(life: Life): Promise<boolean> {
  const pictures = life.some(200);
  if (pictures.length === 0) return false;
  const paths = pictures.map(({ path: file }) => file);
  const rating = life.draw.whole(1, 5);
  await killDuring(life, life.client.marks.rate({ img_paths: paths, rating }));
  const found = await life.client.marks.ofImages({ paths });
  const rated = pictures.filter((picture) => (found[picture.path]?.rating ?? 0) === rating);
  const kept = pictures.filter((picture) => (found[picture.path]?.rating ?? 0) === picture.rating);
  if (rated.length === pictures.length) for (const picture of pictures) picture.rating = rating;
  else if (kept.length < pictures.length)
    life.note('a rating is given to a part of the images', `day ${life.today}`);
  return true;
}

async function killMove(life: Life): Promise<boolean> {
  const pictures = life.some(12).filter(({ hasTwin }) => !hasTwin);
  if (pictures.length === 0) return false;
  const dest = path.join(life.camera, life.newName('folder'));
  const file_paths = pictures.map((picture) => picture.path);
  await killDuring(
    life,
    life.client.fileSystem.move({ file_paths, dest, create_dest_folder: true, on_conflict: 'rename' }),
  );
  // Recovered by the first request that needs it.
  await life.client.search.updateIndex();
  for (const picture of pictures) {
    const next = path.join(dest, path.basename(picture.path));
    const [before, after] = await Promise.all(
      [picture.path, next].map((file) => stat(file).catch(() => undefined)),
    );
    if ((before === undefined) === (after === undefined))
      life.note('a killed move loses or doubles a file', picture.path);
    if (after !== undefined) picture.path = next;
  }
  return true;
}

export const kills: Readonly<Record<string, Deed>> = {
  'kill during an update': { every: 12, run: killUpdate },
  'kill during a rating': { every: 15, run: killRating },
  'kill during a move': { every: 15, run: killMove },
};
