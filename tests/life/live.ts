import { mkdir } from 'node:fs/promises';

import { compareMarks, comparePaths } from './compare/with-truth.ts';
import type { Deed } from './deeds/deed.ts';
import { generate, outsideDeeds } from './deeds/files-outside.ts';
import { productFileDeeds } from './deeds/files-of-product.ts';
import { kills } from './deeds/kills.ts';
import { addExtraPaths, comeToRest, folderDeeds, libraryDeeds } from './deeds/library.ts';
import { markDeeds } from './deeds/marks.ts';
import { deedsLeftOut } from './left-out.ts';
import type { Life } from './life.ts';
import { drawText, writePicture } from './made-pictures.ts';

const deeds: Readonly<Record<string, Deed>> = {
  ...outsideDeeds,
  ...productFileDeeds,
  ...markDeeds,
  ...folderDeeds,
  ...libraryDeeds,
  ...kills,
};

/** Days between two comparisons with the truth alone. */
const betweenLooks = 10;

/** Lives so many days, and comes to rest with everything in its place. */
export async function live(life: Life, days: number): Promise<void> {
  for (const folder of [life.camera, life.drive, life.archive]) await mkdir(folder, { recursive: true });
  await life.server.start(life.now);
  for (let count = 0; count < 20; count += 1) {
    const file = `${life.archive}/${life.newName('first')}.png`;
    await writePicture(file, drawText(life.draw), life.moment(100), life.draw);
    life.truth.add(file);
  }
  await addExtraPaths(life);
  for (life.today = 1; life.today <= days; life.today += 1) await liveOneDay(life);
  await comeToRest(life);
}

async function liveOneDay(life: Life): Promise<void> {
  await generate(life);
  const wanted = Object.entries(deeds).filter(
    ([name, { every }]) => life.draw.chance(1 / every) && !(name in deedsLeftOut),
  );
  const drawn = life.draw.some(wanted, wanted.length);
  // Every update starts threads: what happens on the disk comes first, and is read at once.
  const [outside, inside] = [true, false].map((is) => drawn.filter(([name]) => name in outsideDeeds === is));
  for (const [name, { run, isAlone }] of outside ?? []) {
    if (isAlone === true) await life.client.search.updateIndex();
    await perform(life, name, run);
    if (isAlone === true) await life.client.search.updateIndex();
  }
  await life.client.search.updateIndex();
  for (const [name, { run }] of inside ?? []) {
    await perform(life, name, run);
    if (name in folderDeeds || name in kills) await life.client.search.updateIndex();
  }
  if (life.today % betweenLooks !== 0) return;
  await comparePaths(life);
  await compareMarks(life);
}

async function perform(life: Life, name: string, run: Deed['run']): Promise<void> {
  try {
    if (await run(life)) life.done.set(name, (life.done.get(name) ?? 0) + 1);
  } catch (error) {
    throw new Error(`day ${life.today}, ${name}`, { cause: error });
  }
}
